using System.Text;

namespace NatEngine.Rules.Matches;

/// <summary><c>-m ttl</c>: the time to live.</summary>
/// <param name="Comparison">How it is compared.</param>
/// <param name="Value">With what.</param>
public sealed record TtlMatch(TtlComparison Comparison, byte Value) : IRuleMatch
{
    /// <summary>True if a packet with that time to live fits.</summary>
    public bool Fits(byte timeToLive) => Comparison switch
    {
        TtlComparison.Equal => timeToLive == Value,
        TtlComparison.NotEqual => timeToLive != Value,
        TtlComparison.Less => timeToLive < Value,
        _ => timeToLive > Value,
    };

    /// <inheritdoc/>
    public void AppendTo(StringBuilder text)
    {
        string option = Comparison switch
        {
            TtlComparison.Less => "--ttl-lt",
            TtlComparison.Greater => "--ttl-gt",
            _ => "--ttl-eq",
        };
        text.Option("-m", "ttl").Option(option, new Condition<byte>(Value, Comparison == TtlComparison.NotEqual));
    }
}
