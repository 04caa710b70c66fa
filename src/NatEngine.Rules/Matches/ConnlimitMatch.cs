using System.Text;

namespace NatEngine.Rules.Matches;

/// <summary><c>-m connlimit</c>: how many sessions a group of addresses has, the packet's own among them.</summary>
/// <param name="Limit">How many.</param>
/// <param name="IsAbove">True for <c>--connlimit-above</c>: more than that fit. False for <c>--connlimit-upto</c>: so
/// many or fewer fit.</param>
/// <param name="PrefixLength"><c>--connlimit-mask</c>: the leading bits that a group's addresses share.</param>
/// <param name="IsByDestination">True for <c>--connlimit-daddr</c>, false for <c>--connlimit-saddr</c>.</param>
public sealed record ConnlimitMatch(uint Limit, bool IsAbove, byte PrefixLength, bool IsByDestination) : IRuleMatch
{
    /// <inheritdoc/>
    public void AppendTo(StringBuilder text) => text.Option("-m", "connlimit")
        .Option(IsAbove ? "--connlimit-above" : "--connlimit-upto", Limit)
        .Option("--connlimit-mask", PrefixLength)
        .Word(IsByDestination ? "--connlimit-daddr" : "--connlimit-saddr");
}
