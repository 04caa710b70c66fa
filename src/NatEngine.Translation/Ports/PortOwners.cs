using NatEngine.Packets;
using NatEngine.Translation.Ports;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation;

/// <summary>Says whose an external port is at the moment.</summary>
/// <remarks>Belongs to its <see cref="Translator"/>: used by the same thread, at the same times.</remarks>
public sealed class PortOwners
{
    private readonly MappingTable _mappings;
    private readonly ExternalAddressPools _pools;

    internal PortOwners(TranslationTables tables)
    {
        _mappings = tables.Mappings;
        _pools = tables.Pools;
    }

    /// <summary>Finds whose mapping, block or computed port it is, in this order.</summary>
    /// <param name="external">The external address and port, or ICMP identifier.</param>
    /// <param name="protocol">TCP, UDP or ICMP.</param>
    /// <returns>Of kind <see cref="PortOwnership.None"/> if it is nobody's, or the address is none of ours.</returns>
    public PortOwner Of(TransportAddress external, IpProtocol protocol)
    {
        if (!_pools.Addresses.TryFind(external.Address, out int number))
        {
            return default;
        }

        uint place = _mappings.FindExternal(number, external.Port, protocol);
        if (place == 0)
        {
            return OfPool(external, number, protocol);
        }

        Mapping mapping = _mappings[place];
        return new PortOwner(
            mapping.IsPublished ? PortOwnership.Published : PortOwnership.Mapping,
            mapping.Internal, new PortRange(external.Port, external.Port), mapping.Pool);
    }

    private PortOwner OfPool(TransportAddress external, int number, IpProtocol protocol)
    {
        bool isIdentifier = protocol == IpProtocol.Icmp;
        for (int next = 0; next < _pools.Count; next++)
        {
            ExternalAddressPool pool = _pools[(byte)next];
            if (!pool.Has(number) || !(isIdentifier || pool.Ports.Contains(external.Port)))
            {
                continue;
            }

            if (pool.BehaviorOf(protocol).Overload)
            {
                return new PortOwner(PortOwnership.Shared, default, pool.Ports, pool.Number);
            }

            return isIdentifier ? default : OfRange(pool, external, number);
        }

        return default;
    }

    private static PortOwner OfRange(ExternalAddressPool pool, TransportAddress external, int number)
    {
        IPv4Address owner;
        PortRange ports;
        if (pool.Deterministic is DeterministicPorts computed)
        {
            return computed.TryReverse(external.Address, external.Port, out owner)
                && computed.TryForward(owner, out IPv4Address _, out ports)
                    ? new PortOwner(PortOwnership.Computed, new TransportAddress(owner, 0), ports, pool.Number)
                    : default;
        }

        return pool.Blocks?.TryFindOwner(pool.PlaceOf(number), external.Port, out owner, out ports) == true
            ? new PortOwner(PortOwnership.Block, new TransportAddress(owner, 0), ports, pool.Number)
            : default;
    }
}
