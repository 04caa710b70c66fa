using NatEngine.Packets;
using NatEngine.Translation.Ports;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation.Policy;

/// <summary>Gives sessions the source that a rule names, with the contract of the pool that has the address.</summary>
internal sealed class RuledSources(TranslationTables tables)
{
    // More than the one that is going to be taken.
    private const int ReleasedAtOnce = 4;

    // The kernel's own mixing is not part of its interface; any that spreads will do.
    private const ulong Spread = 0x9E37_79B9_7F4A_7C15;

    private readonly ExternalAddresses _addresses = tables.Pools.Addresses;
    private readonly MappingTable _mappings = tables.Mappings;

    /// <summary>Takes one.</summary>
    /// <param name="target">What the rule names.</param>
    /// <param name="tuple">The session's first packet.</param>
    /// <param name="remote">Where the session goes.</param>
    /// <param name="mapping">The mapping; 0 if there is none, or none is needed.</param>
    /// <param name="external">The external end.</param>
    /// <returns><see cref="DropReason.None"/>, or why there is none.</returns>
    public DropReason TryTake(
        SourceTarget target, in FlowTuple tuple, TransportAddress remote, out uint mapping,
        out TransportAddress external)
    {
        mapping = 0;
        external = new TransportAddress(AddressFor(target, tuple), tuple.Source.Port);
        if (target.KeptBits != 0 || tuple.Protocol is not (IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Icmp))
        {
            return DropReason.None; // the address alone
        }

        if (!_addresses.TryFind(external.Address, out int number)
            || !tables.Pools.TryFindOwner(tuple.Source.Address, number, out ExternalAddressPool? pool))
        {
            return DropReason.PortsExhausted; // no address is left of those that the rule names
        }

        TranslationBehavior behavior = pool.BehaviorOf(tuple.Protocol);
        FlowTuple key = KeyOf(tuple, behavior.Mapping, target.Key);
        mapping = behavior.Overload ? 0 : _mappings.FindInternal(key);
        if (mapping != 0)
        {
            external = _mappings.ExternalOf(mapping);
            return DropReason.None;
        }

        return TryTakeNew(pool, target, tuple, key, remote, number, out mapping, out external);
    }

    private DropReason TryTakeNew(
        ExternalAddressPool pool, SourceTarget target, in FlowTuple tuple, in FlowTuple key, TransportAddress remote,
        int number, out uint mapping, out TransportAddress external)
    {
        mapping = 0;
        external = default;
        bool overload = pool.BehaviorOf(tuple.Protocol).Overload;
        if (!tables.Subscribers.AllowsPort(tuple.Source.Address))
        {
            return DropReason.SubscriberQuota;
        }

        if (!overload && _mappings.IsFull)
        {
            return DropReason.MappingTableFull;
        }

        pool.Release(tables.Now, ReleasedAtOnce);
        PortRange within = tuple.Protocol == IpProtocol.Icmp ? PortRange.All : target.Ports ?? pool.Ports;
        PortChooser chooser = target.IsRandom ? pool.DrawingChooserOf(tuple.Protocol) : pool.ChooserOf(tuple.Protocol);
        int port = TakePort(chooser, overload, tuple, remote, number, within);
        if (port == PortSet.None)
        {
            return DropReason.PortsExhausted;
        }

        external = new TransportAddress(_addresses[number], (ushort)port);
        mapping = overload ? 0 : tables.OpenMapping(Mapping.Of(key, pool.Number, number, port));
        return DropReason.None;
    }

    private int TakePort(
        PortChooser chooser, bool overload, in FlowTuple tuple, TransportAddress remote, int number, PortRange within)
    {
        if (overload && tables.SharedPorts is SharedPorts shared)
        {
            FlowTuple reply = new(remote, new TransportAddress(_addresses[number], 0), tuple.Protocol);
            return shared.Take(chooser, number, reply, within, tuple.Source.Port);
        }

        PortSpace space = _addresses.SpaceOf(number, tuple.Protocol);
        return chooser.Take(space, space.Free, within, tuple.Source.Port);
    }

    private IPv4Address AddressFor(SourceTarget target, in FlowTuple tuple)
    {
        IPv4Address source = tuple.Source.Address;
        if (target.KeptBits != 0)
        {
            return new IPv4Address(target.Addresses[0].Value | (source.Value & target.KeptBits));
        }

        if (target.Addresses.Count == 0)
        {
            ExternalAddressPool pool = tables.Pools.Of(source);
            return pool.AddressAt(pool.PairedWith(source));
        }

        ulong whom = target.IsPersistent ? 0 : (ulong)tuple.Destination.Address.Value << 32;
        ulong mixed = ((source.Value + whom + 1) * Spread) >> 32;
        return target.Addresses[(int)((mixed * (uint)target.Addresses.Count) >> 32)];
    }

    // A mapping of one rule's is not that of another's. No remote end has the address 0, so none is taken for the
    // number.
    private static FlowTuple KeyOf(in FlowTuple tuple, MappingBehavior mapping, ushort rule) => mapping switch
    {
        MappingBehavior.EndpointIndependent => new(
            tuple.Source, new TransportAddress(default, rule), tuple.Protocol),
        MappingBehavior.AddressDependent => new(
            tuple.Source, new TransportAddress(tuple.Destination.Address, rule), tuple.Protocol),
        _ => tuple,
    };
}
