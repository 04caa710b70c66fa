using System.Text;
using NatEngine.Packets;

namespace NatEngine.Rules.Matches;

/// <summary><c>-m udp</c> and <c>-m sctp</c>: the ports of a datagram.</summary>
/// <param name="Protocol">UDP or SCTP; the rule's <c>-p</c> is the same.</param>
/// <param name="SourcePorts"><c>--sport</c>.</param>
/// <param name="DestinationPorts"><c>--dport</c>.</param>
public sealed record PortsMatch(
    IpProtocol Protocol, Condition<PortRange>? SourcePorts, Condition<PortRange>? DestinationPorts) : IRuleMatch
{
    /// <inheritdoc/>
    public void AppendTo(StringBuilder text) => text.Option("-m", ProtocolNames.NameOf(Protocol))
        .Option("--sport", SourcePorts)
        .Option("--dport", DestinationPorts);
}
