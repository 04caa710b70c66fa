using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;

namespace NatEngine.Translation.Policy;

/// <summary>Which host DNAT rules send a packet to, if they send it anywhere: what several lanes must know before one
/// of them has asked the rules, so that the packet comes to the lane of the host.</summary>
/// <remarks>Any number of threads may ask it. Two hosts of one service are of one lane, and stand here as the first of
/// them.</remarks>
public sealed class RuledServices
{
    private const int WordsOfPorts = 65_536 / 64;

    private readonly Dictionary<(IpProtocol Protocol, TransportAddress External), IPv4Address> _fromOutside;
    private readonly Dictionary<(IpProtocol Protocol, TransportAddress External), IPv4Address> _fromInside;
    private readonly HashSet<IPv4Address> _addresses;
    private readonly ulong[] _tcp = new ulong[WordsOfPorts];
    private readonly ulong[] _udp = new ulong[WordsOfPorts];

    internal RuledServices(
        Dictionary<(IpProtocol Protocol, TransportAddress External), IPv4Address> fromOutside,
        Dictionary<(IpProtocol Protocol, TransportAddress External), IPv4Address> fromInside)
    {
        _fromOutside = fromOutside;
        _fromInside = fromInside;
        _addresses = [.. fromInside.Keys.Select(key => key.External.Address)];
        foreach ((IpProtocol protocol, TransportAddress external) in fromOutside.Keys.Concat(fromInside.Keys))
        {
            BitsOf(protocol)[external.Port >> 6] |= 1UL << external.Port; // the shift counts modulo 64
        }
    }

    /// <summary>No rule sends anything anywhere.</summary>
    public static RuledServices None { get; } = new([], []);

    /// <summary>What comes from outside, and for whom.</summary>
    public IReadOnlyDictionary<(IpProtocol Protocol, TransportAddress External), IPv4Address> FromOutside
        => _fromOutside;

    /// <summary>The ports, each once.</summary>
    public IEnumerable<ushort> Ports
        => _fromOutside.Keys.Concat(_fromInside.Keys).Select(key => key.External.Port).Distinct();

    /// <summary>Finds the host; false if no rule sends such a packet to one.</summary>
    public bool TryFind(Realm ingress, IpProtocol protocol, TransportAddress destination, out IPv4Address host)
    {
        host = default;
        bool mayBe = protocol is IpProtocol.Tcp or IpProtocol.Udp
            && ((BitsOf(protocol)[destination.Port >> 6] >> destination.Port) & 1) != 0;
        return mayBe
            && (ingress == Realm.External ? _fromOutside : _fromInside)
                .TryGetValue((protocol, destination), out host);
    }

    /// <summary>True if packets from inside for some port of an address are sent to a host.</summary>
    public bool HasFromInside(IPv4Address address) => _addresses.Contains(address);

    /// <summary>True if both say the same.</summary>
    public bool IsSameAs(RuledServices other)
    {
        System.ArgumentNullException.ThrowIfNull(other);
        return AreSame(_fromOutside, other._fromOutside) && AreSame(_fromInside, other._fromInside);
    }

    private ulong[] BitsOf(IpProtocol protocol) => protocol == IpProtocol.Tcp ? _tcp : _udp;

    private static bool AreSame(
        Dictionary<(IpProtocol Protocol, TransportAddress External), IPv4Address> one,
        Dictionary<(IpProtocol Protocol, TransportAddress External), IPv4Address> other)
        => one.Count == other.Count
            && one.All(pair => other.TryGetValue(pair.Key, out IPv4Address host) && host == pair.Value);
}
