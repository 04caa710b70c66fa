using System.Text;

namespace NatEngine.Rules.Matches;

/// <summary><c>-m icmp</c>: the kind of an ICMP message.</summary>
/// <param name="Kind"><c>--icmp-type</c>.</param>
public sealed record IcmpMatch(Condition<IcmpKind> Kind) : IRuleMatch
{
    /// <inheritdoc/>
    public void AppendTo(StringBuilder text) => text.Option("-m", "icmp").Option("--icmp-type", Kind);
}
