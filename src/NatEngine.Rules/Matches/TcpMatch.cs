using System.Text;

namespace NatEngine.Rules.Matches;

/// <summary><c>-m tcp</c>: ports and flags of a TCP segment.</summary>
/// <param name="SourcePorts"><c>--sport</c>.</param>
/// <param name="DestinationPorts"><c>--dport</c>.</param>
/// <param name="Flags"><c>--tcp-flags</c> or <c>--syn</c>.</param>
public sealed record TcpMatch(
    Condition<PortRange>? SourcePorts, Condition<PortRange>? DestinationPorts, Condition<TcpFlagsTest>? Flags)
    : IRuleMatch
{
    /// <inheritdoc/>
    public void AppendTo(StringBuilder text) => text.Option("-m", "tcp")
        .Option("--sport", SourcePorts)
        .Option("--dport", DestinationPorts)
        .Option("--tcp-flags", Flags);
}
