using System.Collections.Generic;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Host.Guarding;

/// <summary>What the guard must keep from the kernel's own IP stack: what the engine handles, and nothing else.
/// </summary>
/// <param name="InternalInterface">The interface towards the internal hosts.</param>
/// <param name="ExternalInterface">The interface towards the outside.</param>
/// <param name="InternalHostAddresses">The addresses that this host answers for itself on the internal interface: all
/// it has, whichever interface they are on, as it does without a gateway (RFC 1122 section 3.3.4.2).</param>
/// <param name="ExternalHostAddresses">The same on the external interface: all but the internal interface's, which are
/// none of the outside's business.</param>
/// <param name="SharedAddress">The external address, if it is one of the host's own (shared mode); otherwise
/// null.</param>
/// <param name="TcpPorts">In shared mode, the TCP ports of the shared address that are the engine's.</param>
/// <param name="UdpPorts">In shared mode, the UDP ports of the shared address that are the engine's.</param>
internal sealed record GuardPlan(
    string InternalInterface,
    string ExternalInterface,
    IReadOnlyList<IPv4Address> InternalHostAddresses,
    IReadOnlyList<IPv4Address> ExternalHostAddresses,
    IPv4Address? SharedAddress,
    IReadOnlyList<PortRange> TcpPorts,
    IReadOnlyList<PortRange> UdpPorts)
{
    /// <summary>Whether, in shared mode, protocols other than TCP, UDP and ICMP to the shared address are the engine's:
    /// those that it translates.</summary>
    internal bool OtherProtocols { get; init; }
}
