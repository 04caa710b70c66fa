using NatEngine.Packets;
using NatEngine.Translation.Ports;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation;

/// <summary>Finds the external transport address that a session from inside is seen under: that of its mapping, of a
/// new mapping, or a port shared with others (RFC 4787 section 4).</summary>
internal sealed class ExternalEnds(TranslationTables tables)
{
    private const ushort FirstDynamicPort = 1024;

    // More than the one that is going to be taken.
    private const int ReleasedAtOnce = 4;

    private readonly MappingTable _mappings = tables.Mappings;
    private readonly ExternalAddressPools _pools = tables.Pools;
    private readonly ExternalAddresses _addresses = tables.Pools.Addresses;

    /// <summary>Asks for the memory that <see cref="TryTake"/> begins with.</summary>
    public void Prefetch(in FlowTuple tuple)
    {
        TranslationBehavior behavior = _pools.Of(tuple.Source.Address).BehaviorOf(tuple.Protocol);
        _mappings.Prefetch(KeyOf(tuple, behavior.Mapping));
    }

    /// <summary>Takes one.</summary>
    /// <param name="pool">Whose it is to be.</param>
    /// <param name="tuple">The session's first packet.</param>
    /// <param name="remote">Where the session goes.</param>
    /// <param name="mapping">The mapping; 0 if the port is shared.</param>
    /// <param name="external">The external end.</param>
    /// <returns><see cref="DropReason.None"/>, or why there is none.</returns>
    public DropReason TryTake(
        ExternalAddressPool pool, in FlowTuple tuple, TransportAddress remote, out uint mapping,
        out TransportAddress external)
    {
        if (tuple.Protocol is not (IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Icmp))
        {
            mapping = 0; // no ports, nothing to map: the address alone
            external = new TransportAddress(pool.AddressAt(pool.PairedWith(tuple.Source.Address)), 0);
            return DropReason.None;
        }

        TranslationBehavior behavior = pool.BehaviorOf(tuple.Protocol);
        FlowTuple key = KeyOf(tuple, behavior.Mapping);
        mapping = FindMapping(behavior, tuple, key);
        if (mapping != 0)
        {
            external = _mappings.ExternalOf(mapping);
            return DropReason.None;
        }

        external = default;
        DropReason refusal = RoomFor(behavior, tuple.Source.Address);
        return refusal == DropReason.None
            ? TryTakeNew(pool, behavior, tuple, key, remote, out mapping, out external)
            : refusal;
    }

    private DropReason TryTakeNew(
        ExternalAddressPool pool, TranslationBehavior behavior, in FlowTuple tuple, in FlowTuple key,
        TransportAddress remote, out uint mapping, out TransportAddress external)
    {
        pool.Release(tables.Now, ReleasedAtOnce);
        PortChooser chooser = pool.ChooserOf(tuple.Protocol);
        int tries = chooser.Tries(pool);
        int place = chooser.FirstAddress(pool, tuple.Source.Address);
        for (int tried = 0; tried < tries; tried++)
        {
            int port = TakePort(pool, behavior, tuple, remote, place);
            if (port != PortSet.None)
            {
                int number = pool.NumberAt(place);
                external = new TransportAddress(_addresses[number], (ushort)port);
                mapping = behavior.Overload ? 0 : tables.OpenMapping(Mapping.Of(key, pool.Number, number, port));
                return DropReason.None;
            }

            place = place + 1 == pool.Count ? 0 : place + 1;
        }

        mapping = 0;
        external = default;
        return pool.Blocks?.HasMost(tuple.Source.Address) == true && tuple.Protocol != IpProtocol.Icmp
            ? DropReason.SubscriberQuota
            : DropReason.PortsExhausted;
    }

    /// <summary>Why an internal address can have no further port under that contract, if it cannot.</summary>
    public DropReason RoomFor(TranslationBehavior behavior, IPv4Address subscriber)
    {
        if (!tables.Subscribers.AllowsPort(subscriber))
        {
            return DropReason.SubscriberQuota;
        }

        return !behavior.Overload && _mappings.IsFull ? DropReason.MappingTableFull : DropReason.None;
    }

    private int TakePort(
        ExternalAddressPool pool, TranslationBehavior behavior, in FlowTuple tuple, TransportAddress remote, int place)
    {
        ushort like = tuple.Source.Port;
        int number = pool.NumberAt(place);
        if (tuple.Protocol == IpProtocol.Icmp)
        {
            // Identifiers have no classes, and nobody has his own.
            return TakePort(pool, tuple, remote, number, PortRange.All);
        }

        if (pool.Blocks is PortBlocks blocks)
        {
            PortSpace space = _addresses.SpaceOf(number, tuple.Protocol);
            return blocks.Take(
                pool.ChooserOf(tuple.Protocol), space, place, tuple.Source.Address, like, tables.Now);
        }

        if (pool.Deterministic is DeterministicPorts deterministic)
        {
            return deterministic.TryPlace(tuple.Source.Address, out int _, out PortRange own)
                ? TakePort(pool, tuple, remote, number, own)
                : PortSet.None;
        }

        PortRange within = pool.Ports;
        if (!behavior.PreserveRangeClass)
        {
            return TakePort(pool, tuple, remote, number, within);
        }

        // RFC 4787 REQ-3a. There are few well-known ports: without one left, any other serves.
        int port = like < FirstDynamicPort
            ? TakePort(pool, tuple, remote, number, within with { Last = FirstDynamicPort - 1 })
            : PortSet.None;
        return port == PortSet.None
            ? TakePort(pool, tuple, remote, number, within with { First = FirstDynamicPort })
            : port;
    }

    private int TakePort(
        ExternalAddressPool pool, in FlowTuple tuple, TransportAddress remote, int number, PortRange within)
    {
        PortChooser chooser = pool.ChooserOf(tuple.Protocol);
        if (pool.BehaviorOf(tuple.Protocol).Overload)
        {
            FlowTuple reply = ReplyTo(tuple, remote, number);
            if (TryReuse(pool, tuple, reply, number, within, out ushort same))
            {
                return same;
            }
        }

        return TakePort(chooser, pool.BehaviorOf(tuple.Protocol).Overload, tuple, remote, number, within);
    }

    /// <summary>Takes a port of an external address for a session.</summary>
    /// <param name="chooser">Chooses it.</param>
    /// <param name="overload">Whether sessions with other remote ends may have it, too.</param>
    /// <param name="tuple">The session's first packet.</param>
    /// <param name="remote">Where the session goes.</param>
    /// <param name="number">The external address, by its number.</param>
    /// <param name="within">Which ports it may be.</param>
    /// <returns>The port, or <see cref="PortSet.None"/>.</returns>
    public int TakePort(
        PortChooser chooser, bool overload, in FlowTuple tuple, TransportAddress remote, int number, PortRange within)
    {
        if (overload && tables.SharedPorts is SharedPorts shared)
        {
            FlowTuple reply = ReplyTo(tuple, remote, number);
            return shared.Take(chooser, number, reply, within, tuple.Source.Port);
        }

        PortSpace space = _addresses.SpaceOf(number, tuple.Protocol);
        return chooser.Take(space, space.Free, within, tuple.Source.Port);
    }

    // What answers look like, but for the port.
    private FlowTuple ReplyTo(in FlowTuple tuple, TransportAddress remote, int number)
        => new(remote, new TransportAddress(_addresses[number], 0), tuple.Protocol);

    // What the internal end's last session has, if it is free here too.
    private bool TryReuse(
        ExternalAddressPool pool, in FlowTuple tuple, in FlowTuple reply, int number, PortRange within,
        out ushort port)
    {
        port = 0;
        return pool.BehaviorOf(tuple.Protocol).ReuseSourcePort
            && tables.TryFindLast(tuple, out TransportAddress last)
            && last.Address == reply.Destination.Address && within.Contains(last.Port)
            && tables.SharedPorts!.TryTake(number, reply, port = last.Port);
    }

    // A published service has one mapping for all, whatever the behaviour of the others.
    private uint FindMapping(TranslationBehavior behavior, in FlowTuple tuple, in FlowTuple key)
    {
        uint mapping = behavior.Overload ? 0 : _mappings.FindInternal(key);
        return mapping == 0 && behavior.Mapping != MappingBehavior.EndpointIndependent
            ? _mappings.FindInternal(new FlowTuple(tuple.Source, default, tuple.Protocol))
            : mapping;
    }

    /// <summary>What a session's mapping is found by.</summary>
    /// <param name="tuple">The session's first packet.</param>
    /// <param name="mapping">Which packets share a mapping.</param>
    /// <param name="rule">Keeps the mappings of rules apart, in the place of a remote port that such a mapping has
    /// not; 0 for those of none.</param>
    public static FlowTuple KeyOf(in FlowTuple tuple, MappingBehavior mapping, ushort rule = 0) => mapping switch
    {
        MappingBehavior.EndpointIndependent => new(
            tuple.Source, new TransportAddress(default, rule), tuple.Protocol),
        MappingBehavior.AddressDependent => new(
            tuple.Source, new TransportAddress(tuple.Destination.Address, rule), tuple.Protocol),
        _ => tuple,
    };
}
