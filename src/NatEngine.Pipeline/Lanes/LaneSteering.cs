using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Pipeline.Forwarding;
using NatEngine.Translation;
using NatEngine.Translation.Policy;

namespace NatEngine.Pipeline.Lanes;

/// <summary>Which lane a packet belongs to: a function of the packet, and of what rules publish, which all lanes are
/// told at once. So every lane finds the same without asking another.</summary>
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
    private RuledServices? _ruled;

    internal LaneSteering(TranslationOptions options, LaneDivision division)
    {
        _division = division;
        _ruled = options.Rules?.Services;
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

    /// <summary>True if the lane of a packet is found by its destination port, so that of its fragments only the first
    /// one tells.</summary>
    internal bool GoesByPort(in PacketFacts facts, Realm ingress)
        => ingress == Realm.External
            || (Volatile.Read(ref _ruled) is RuledServices ruled
                && (_external.Contains(facts.Destination) || ruled.HasFromInside(facts.Destination)));

    /// <summary>The lane of a packet of which <see cref="GoesByPort"/> is not true, or that is no fragment.</summary>
    internal int LaneOf(in PacketFacts facts, Realm ingress)

        // Of an ICMP error the session's ends, not the router that reports it.
        => LaneOf(facts.Tuple, ingress, Volatile.Read(ref _ruled));

    /// <summary>The lane of packets with a tuple.</summary>
    internal int LaneOf(in FlowTuple tuple, Realm ingress) => LaneOf(tuple, ingress, Volatile.Read(ref _ruled));

    /// <summary>The same, if rules had these services.</summary>
    internal int LaneOf(in FlowTuple tuple, Realm ingress, RuledServices? ruled)
    {
        if (!HasPorts(tuple.Protocol))
        {
            return 0;
        }

        if (ingress == Realm.External)
        {
            return LaneOf(tuple.Protocol, tuple.Destination, ruled);
        }

        if (ruled is not null)
        {
            if (ruled.TryFind(Realm.Internal, tuple.Protocol, tuple.Destination, out IPv4Address host))
            {
                return LaneBetween(tuple.Source.Address, host);
            }

            // Rules are asked once about what turns round, and by one lane: that of the port, as from outside.
            if (_external.Contains(tuple.Destination.Address))
            {
                return LaneOf(tuple.Protocol, tuple.Destination, ruled);
            }
        }

        return IsInternal(tuple.Destination.Address)
            ? LaneBetween(tuple.Source.Address, tuple.Destination.Address)
            : _division.OfHost(tuple.Source.Address);
    }

    /// <summary>The lane of what comes from outside for a transport address: an external one, or that of a host whose
    /// address is not translated.</summary>
    internal int LaneOf(IpProtocol protocol, TransportAddress destination)
        => LaneOf(protocol, destination, Volatile.Read(ref _ruled));

    /// <summary>Steers by the services of other rules from now on.</summary>
    internal void Adopt(RuledServices services) => Volatile.Write(ref _ruled, services);

    private int LaneOf(IpProtocol protocol, TransportAddress destination, RuledServices? ruled)
    {
        if (!HasPorts(protocol))
        {
            return 0;
        }

        if (ruled is not null && ruled.TryFind(Realm.External, protocol, destination, out IPv4Address host))
        {
            return _division.OfHost(host);
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
                [.. PinnedServices()
                    .Select(one => new PinnedPort(one.Protocol == IpProtocol.Tcp, one.Port, one.Lane))
                    .Distinct()]);

    // On several addresses a port may be of several lanes: then it is whose it would be anyway, and handed over.
    private IEnumerable<(IpProtocol Protocol, ushort Port, int Lane)> PinnedServices()
        => (Volatile.Read(ref _ruled) ?? RuledServices.None).FromOutside
            .Select(one => (one.Key, Lane: _division.OfHost(one.Value)))
            .Concat(_published.Select(one => (one.Key, Lane: one.Value)))
            .GroupBy(one => (one.Key.Protocol, one.Key.External.Port), one => one.Lane)
            .Where(lanes => lanes.Distinct().Count() == 1)
            .Select(lanes => (lanes.Key.Protocol, lanes.Key.Port, lanes.First()));

    // Both ways between two hosts inside must be the same lane's: that of the lower address.
    private int LaneBetween(IPv4Address one, IPv4Address other)
        => _division.OfHost(one.Value < other.Value ? one : other);

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
