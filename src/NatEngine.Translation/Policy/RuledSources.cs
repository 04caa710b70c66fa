using NatEngine.Packets;
using NatEngine.Translation.Ports;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation.Policy;

/// <summary>Gives sessions the source that a rule names, with the contract of the pool that has the address.</summary>
internal sealed class RuledSources(TranslationTables tables, ExternalEnds externalEnds)
{
    // More than the one that is going to be taken.
    private const int ReleasedAtOnce = 4;

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
        FlowTuple key = ExternalEnds.KeyOf(tuple, behavior.Mapping, target.Key);
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
        TranslationBehavior behavior = pool.BehaviorOf(tuple.Protocol);
        DropReason refusal = externalEnds.RoomFor(behavior, tuple.Source.Address);
        if (refusal != DropReason.None)
        {
            return refusal;
        }

        pool.Release(tables.Now, ReleasedAtOnce);
        PortRange within = tuple.Protocol == IpProtocol.Icmp ? PortRange.All : target.Ports ?? pool.Ports;
        PortChooser chooser = target.IsRandom ? pool.DrawingChooserOf(tuple.Protocol) : pool.ChooserOf(tuple.Protocol);
        int port = externalEnds.TakePort(chooser, behavior.Overload, tuple, remote, number, within);
        if (port == PortSet.None)
        {
            return DropReason.PortsExhausted;
        }

        external = new TransportAddress(_addresses[number], (ushort)port);
        mapping = behavior.Overload ? 0 : tables.OpenMapping(Mapping.Of(key, pool.Number, number, port));
        return DropReason.None;
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

        return target.Addresses[(int)ChoiceOfAddress.Of(tuple, target.IsPersistent, (uint)target.Addresses.Count)];
    }
}
