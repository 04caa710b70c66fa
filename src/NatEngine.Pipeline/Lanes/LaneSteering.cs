using System.Collections.Generic;
using System.Linq;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Pipeline.Forwarding;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Lanes;

/// <summary>Which lane a packet belongs to: a function of the packet and of nothing that changes, so that every lane
/// finds the same without asking another.</summary>
/// <remarks>
/// <para>An internal host is one lane's, and so is an external port: that of the host that it is published for, else
/// that of its stripe. Protocols without ports are lane 0's, because an answer to them says nothing of the host.</para>
/// <para>The kernel's steering (<see cref="ProgramOf"/>) is the same function as far as classic BPF can compute it.
/// What it gives to the wrong lane is handed over.</para>
/// </remarks>
internal sealed class LaneSteering
{
    private readonly LaneDivision _division;
    private readonly AddressSet _external;
    private readonly IPv4Prefix[] _internalPrefixes;
    private readonly PortBits _publishedTcp;
    private readonly PortBits _publishedUdp;
    private readonly Dictionary<(IpProtocol Protocol, TransportAddress External), int> _published = [];

    internal LaneSteering(TranslationOptions options, LaneDivision division)
    {
        _division = division;
        _external = new AddressSet([.. options.AllPools().SelectMany(pool => pool.ExternalAddresses).Distinct()]);
        _internalPrefixes = [.. options.InternalPrefixes];
        foreach (PublishedService service in options.Published)
        {
            foreach (IPv4Address address in options.AddressesOf(service))
            {
                _published[(service.Protocol, new TransportAddress(address, service.ExternalPort))] =
                    division.OfHost(service.Internal.Address);
            }
        }

        _publishedTcp = PublishedPorts(options, IpProtocol.Tcp);
        _publishedUdp = PublishedPorts(options, IpProtocol.Udp);
    }

    /// <summary>How many lanes there are.</summary>
    internal int Lanes => _division.Lanes;

    /// <summary>True for an external address of the gateway.</summary>
    internal bool IsExternal(IPv4Address address) => _external.Contains(address);

    /// <summary>The lane of a packet that is no fragment from outside.</summary>
    internal int LaneOf(in PacketFacts facts, Realm ingress)
    {
        // Of an ICMP error the session's ends, not the router that reports it.
        FlowTuple tuple = facts.Tuple;
        if (!HasPorts(tuple.Protocol))
        {
            return 0;
        }

        if (ingress == Realm.External)
        {
            return LaneOf(tuple.Protocol, tuple.Destination);
        }

        // Both ways between two hosts inside must be the same lane's: that of the lower address.
        bool staysInside = IsInternal(tuple.Destination.Address)
            && tuple.Destination.Address.Value < tuple.Source.Address.Value;
        return _division.OfHost(staysInside ? tuple.Destination.Address : tuple.Source.Address);
    }

    /// <summary>The lane of what comes from outside for a transport address: an external one, or that of a host whose
    /// address is not translated.</summary>
    internal int LaneOf(IpProtocol protocol, TransportAddress destination)
    {
        if (!HasPorts(protocol))
        {
            return 0;
        }

        if (!_external.Contains(destination.Address))
        {
            return _division.OfHost(destination.Address);
        }

        bool mayBePublished = protocol == IpProtocol.Tcp ? _publishedTcp.Contains(destination.Port)
            : protocol == IpProtocol.Udp && _publishedUdp.Contains(destination.Port);
        return mayBePublished && _published.TryGetValue((protocol, destination), out int lane)
            ? lane
            : _division.OfPort(destination.Port);
    }

    /// <summary>What the kernel steers the frames of one side by.</summary>
    internal SteeringProgram ProgramOf(Realm side)
        => side == Realm.Internal
            ? SteeringProgram.BySource(Lanes, LaneDivision.HostMultiplier)
            : SteeringProgram.ByDestinationPort(
                Lanes,
                _division.StripeLength,
                _division.StripeOffset,
                [.. _published
                    .Select(one => new PinnedPort(
                        one.Key.Protocol == IpProtocol.Tcp, one.Key.External.Port, one.Value))
                    .Distinct()]);

    private static bool HasPorts(IpProtocol protocol)
        => protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Icmp;

    private static PortBits PublishedPorts(TranslationOptions options, IpProtocol protocol)
        => new([.. options.Published
            .Where(service => service.Protocol == protocol)
            .Select(service => new PortRange(service.ExternalPort, service.ExternalPort))]);

    private bool IsInternal(IPv4Address address)
    {
        foreach (IPv4Prefix prefix in _internalPrefixes)
        {
            if (prefix.Contains(address))
            {
                return true;
            }
        }

        return false;
    }
}
