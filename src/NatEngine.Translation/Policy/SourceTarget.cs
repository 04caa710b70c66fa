using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;
using NatEngine.Rules;

namespace NatEngine.Translation.Policy;

/// <summary>Which source SNAT, MASQUERADE or NETMAP gives a session.</summary>
internal sealed record SourceTarget
{
    /// <summary>What MASQUERADE without ports gives: what the pool of the internal address would give anyway.</summary>
    public const ushort PoolsOwn = 0;

    /// <summary>One of these; none if the pool of the internal address decides.</summary>
    public ValueList<IPv4Address> Addresses { get; init; } = [];

    /// <summary>A port of these; null if the pool decides.</summary>
    public Translation.PortRange? Ports { get; init; }

    /// <summary>True if ports are drawn, whatever the behaviour says.</summary>
    public bool IsRandom { get; init; }

    /// <summary>True if not even what an internal end has already is given again (NF_NAT_RANGE_PROTO_RANDOM_FULLY).
    /// </summary>
    public bool IsFullyRandom { get; init; }

    /// <summary>True if <see cref="Addresses"/> are those of a pool that gives ports in blocks or computes them, all of
    /// them: that pool decides, which of them and which port.</summary>
    public bool IsWholePool { get; init; }

    /// <summary>True if an internal address always gets the same one of <see cref="Addresses"/>; else it depends on
    /// whom it asks, too (find_best_ips_proto).</summary>
    public bool IsPersistent { get; init; }

    /// <summary>Keeps the mappings of this target apart from those of others: equal for targets that give the same.
    /// </summary>
    public ushort Key { get; init; } = PoolsOwn;

    /// <summary>Of NETMAP, the bits of the source that it keeps, host byte order; 0 otherwise.</summary>
    public uint KeptBits { get; init; }

    /// <summary>True if it names an address, or none at all.</summary>
    public bool MayHave(IPv4Address address)
    {
        // Packets wait: an enumerator would be an allocation.
        for (int index = 0; index < Addresses.Count; index++)
        {
            if (Addresses[index] == address)
            {
                return true;
            }
        }

        return Addresses.Count == 0;
    }

    /// <summary>True if it could have given a session that source.</summary>
    /// <param name="original">The session's first packet.</param>
    /// <param name="given">What the session has.</param>
    /// <param name="external">The addresses of all pools.</param>
    public bool CanGive(in FlowTuple original, TransportAddress given, IReadOnlySet<IPv4Address> external)
    {
        TransportAddress own = original.Source;
        if (KeptBits != 0)
        {
            uint address = Addresses[0].Value | (own.Address.Value & KeptBits);
            return given == own with { Address = new IPv4Address(address) };
        }

        bool hasPort = original.Protocol is IpProtocol.Tcp or IpProtocol.Udp && Ports is not null;
        return (Addresses.Count == 0 ? external.Contains(given.Address) : Addresses.Contains(given.Address))
            && (!hasPort || Ports!.Value.Contains(given.Port));
    }
}
