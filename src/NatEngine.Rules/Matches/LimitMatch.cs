using System.Text;

namespace NatEngine.Rules.Matches;

/// <summary><c>-m limit</c>: fits so many packets in a time, all packets of the rule together.</summary>
/// <param name="Rate"><c>--limit</c>.</param>
/// <param name="Burst"><c>--limit-burst</c>: how many fit at once after a silence.</param>
public sealed record LimitMatch(LimitRate Rate, uint Burst) : IRuleMatch
{
    /// <summary>The burst if none is given.</summary>
    public const uint DefaultBurst = 5;

    /// <summary>The largest burst (libxt_limit.c).</summary>
    public const uint MaxBurst = 10_000;

    /// <inheritdoc/>
    public void AppendTo(StringBuilder text)
    {
        text.Option("-m", "limit").Option("--limit", Rate);
        if (Burst != DefaultBurst)
        {
            text.Option("--limit-burst", Burst);
        }
    }
}
