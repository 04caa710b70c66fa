using System.Collections.Generic;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Host.Guarding;

/// <summary>What the guard must keep from the kernel's own IP stack: what the engine handles, and nothing else.
/// </summary>
/// <param name="InternalInterface">The interface towards the internal hosts.</param>
/// <param name="ExternalInterface">The interface towards the outside.</param>
/// <param name="HostAddresses">The addresses that this host answers for itself.</param>
/// <param name="SharedAddress">The external address, if it is one of the host's own (shared mode); otherwise
/// null.</param>
/// <param name="TcpPorts">In shared mode, the TCP ports of the shared address that are the engine's.</param>
/// <param name="UdpPorts">In shared mode, the UDP ports of the shared address that are the engine's.</param>
internal sealed record GuardPlan(
    string InternalInterface,
    string ExternalInterface,
    IReadOnlyList<IPv4Address> HostAddresses,
    IPv4Address? SharedAddress,
    IReadOnlyList<PortRange> TcpPorts,
    IReadOnlyList<PortRange> UdpPorts);
