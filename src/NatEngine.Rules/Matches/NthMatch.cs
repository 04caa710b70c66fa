using System.Text;

namespace NatEngine.Rules.Matches;

/// <summary><c>-m statistic --mode nth</c>: fits one packet of so many.</summary>
/// <param name="Every"><c>--every</c>: of how many packets one fits, or, negated, all but one fit.</param>
/// <param name="Packet"><c>--packet</c>: which one, from 0; below <paramref name="Every"/>.</param>
public sealed record NthMatch(Condition<uint> Every, uint Packet) : IRuleMatch
{
    /// <inheritdoc/>
    public void AppendTo(StringBuilder text) => text.Option("-m", "statistic").Option("--mode", "nth")
        .Option("--every", Every)
        .Option("--packet", Packet);
}
