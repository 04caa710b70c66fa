using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Forwarding;

/// <summary>One of the gateway's two sides as the stages see it: its port's addresses and routes, ready to be asked.
/// </summary>
internal sealed class Link
{
    private readonly AddressSet _owned;
    private readonly AddressSet _host;
    private readonly AddressSet _local;
    private volatile PortBits _guardedTcp;
    private volatile PortBits _guardedUdp;
    private readonly bool _guardsOthers;
    private readonly IPv4Prefix[] _connected; // an interface's enumerator would be an object for every frame of ours
    private readonly IPv4Address[] _addresses;

    internal Link(Realm realm, GatewayPort port)
    {
        Realm = realm;
        HardwareAddress = port.HardwareAddress;
        Mtu = port.Mtu;
        AnswersStrangers = port.AnswersStrangers;
        Routes = new RouteTable(port.Connected, port.Routes);
        _owned = new AddressSet(port.OwnedAddresses);
        _host = new AddressSet(port.HostAddresses);
        _local = new AddressSet([.. port.OwnedAddresses, .. port.HostAddresses]);
        _guardedTcp = new PortBits(port.GuardedTcpPorts);
        _guardedUdp = new PortBits(port.GuardedUdpPorts);
        _guardsOthers = port.GuardsOtherProtocols;
        _connected = [.. port.Connected];
        // Where no prefix says which fits, the link's own comes before one that the kernel has elsewhere.
        _addresses = [.. port.OwnedAddresses.Concat(port.HostAddresses)];
    }

    internal Realm Realm { get; }

    internal MacAddress HardwareAddress { get; }

    /// <summary>The longest IPv4 packet that the link takes, in octets.</summary>
    internal int Mtu { get; }

    /// <summary>True if somebody on this link whose connection nobody wants is told so.</summary>
    internal bool AnswersStrangers { get; }

    internal RouteTable Routes { get; }

    internal PortMeter Meter { get; } = new();

    /// <summary>True for an address that the engine alone has.</summary>
    internal bool Owns(IPv4Address address) => _owned.Contains(address);

    /// <summary>True for an address that the kernel has, too.</summary>
    internal bool IsHost(IPv4Address address) => _host.Contains(address);

    /// <summary>True if the kernel does not get to see packets to this port of an external address.</summary>
    internal bool Guards(IpProtocol protocol, ushort port) => protocol switch
    {
        IpProtocol.Tcp => _guardedTcp.Contains(port),
        IpProtocol.Udp => _guardedUdp.Contains(port),
        IpProtocol.Icmp => false,
        _ => _guardsOthers,
    };

    /// <summary>Takes note that the kernel does not get to see other ports than before. Any thread may say so.
    /// </summary>
    internal void Guard(IReadOnlyList<PortRange> tcpPorts, IReadOnlyList<PortRange> udpPorts)
    {
        _guardedTcp = new PortBits(tcpPorts);
        _guardedUdp = new PortBits(udpPorts);
    }

    /// <summary>True for an address of the gateway on this link, whoever answers for it.</summary>
    internal bool IsLocal(IPv4Address address) => _local.Contains(address);

    /// <summary>Leaves a frame that was received here alone: the kernel has its own copy.</summary>
    internal void LeaveToKernel(PacketBatch batch, int index)
    {
        batch.Departures[index].Disposition = Disposition.LeaveToKernel;
        Meter.CountLeftToKernel();
    }

    /// <summary>The address of ours to speak to <paramref name="neighbour"/> from: one in a connected prefix that both
    /// are in, if there is one, because a host may ignore a stranger to its subnet.</summary>
    /// <returns>False if the link has no address of ours at all.</returns>
    internal bool TrySpeakAs(IPv4Address neighbour, out IPv4Address address)
    {
        foreach (IPv4Prefix prefix in _connected)
        {
            foreach (IPv4Address candidate in _addresses)
            {
                if (prefix.Contains(neighbour) && prefix.Contains(candidate))
                {
                    address = candidate;
                    return true;
                }
            }
        }

        address = _addresses.Length > 0 ? _addresses[0] : default;
        return _addresses.Length > 0;
    }
}
