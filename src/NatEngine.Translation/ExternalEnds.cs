using NatEngine.Packets;
using NatEngine.Translation.Ports;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation;

/// <summary>Finds the external transport address that a session from inside is seen under: that of its mapping, of a
/// new mapping, or a port shared with others (RFC 4787 section 4).</summary>
internal sealed class ExternalEnds(TranslationBehavior behavior, TranslationTables tables)
{
    private const ushort FirstDynamicPort = 1024;

    private readonly MappingTable _mappings = tables.Mappings;
    private readonly ExternalAddressPool _pool = tables.Pool;
    private readonly PortChooser _chooser = tables.Chooser;

    /// <summary>Asks for the memory that <see cref="TryTake"/> begins with.</summary>
    public void Prefetch(in FlowTuple tuple) => _mappings.Prefetch(KeyOf(tuple));

    /// <summary>Takes one.</summary>
    /// <param name="tuple">The session's first packet.</param>
    /// <param name="remote">Where the session goes.</param>
    /// <param name="mapping">The mapping; 0 if the port is shared.</param>
    /// <param name="external">The external end.</param>
    /// <returns><see cref="DropReason.None"/>, or why there is none.</returns>
    public DropReason TryTake(
        in FlowTuple tuple, TransportAddress remote, out uint mapping, out TransportAddress external)
    {
        if (tuple.Protocol is not (IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Icmp))
        {
            mapping = 0; // no ports, nothing to map: the address alone
            external = new TransportAddress(_pool[_pool.PairedWith(tuple.Source.Address)], 0);
            return DropReason.None;
        }

        FlowTuple key = KeyOf(tuple);
        mapping = FindMapping(tuple, key);
        if (mapping != 0)
        {
            external = _mappings.ExternalOf(mapping);
            return DropReason.None;
        }

        external = default;
        DropReason refusal = RoomFor(tuple.Source.Address);
        if (refusal != DropReason.None)
        {
            return refusal;
        }

        int address = _chooser.FirstAddress(tuple.Source.Address);
        for (int tried = 0; tried < _chooser.Addresses; tried++)
        {
            int port = TakePort(tuple, remote, address);
            if (port != PortSet.None)
            {
                external = new TransportAddress(_pool[address], (ushort)port);
                mapping = behavior.Overload ? 0 : tables.OpenMapping(Mapping.Of(key, address, port));
                return DropReason.None;
            }

            address = address + 1 == _pool.Count ? 0 : address + 1;
        }

        return tables.Blocks?.HasMost(tuple.Source.Address) == true && tuple.Protocol != IpProtocol.Icmp
            ? DropReason.SubscriberQuota
            : DropReason.PortsExhausted;
    }

    private DropReason RoomFor(IPv4Address subscriber)
    {
        if (!tables.Subscribers.AllowsPort(subscriber))
        {
            return DropReason.SubscriberQuota;
        }

        return !behavior.Overload && _mappings.IsFull ? DropReason.MappingTableFull : DropReason.None;
    }

    private int TakePort(in FlowTuple tuple, TransportAddress remote, int address)
    {
        ushort like = tuple.Source.Port;
        PortSpace space = _pool.SpaceOf(address, tuple.Protocol);
        PortRange within = space.Range;
        if (tuple.Protocol == IpProtocol.Icmp)
        {
            return TakePort(tuple, remote, address, within); // identifiers have no classes, and nobody has his own
        }

        if (tables.Blocks is PortBlocks blocks)
        {
            return blocks.Take(_chooser, space, address, tuple.Source.Address, like, tables.Now);
        }

        if (_pool.Deterministic is DeterministicPorts deterministic)
        {
            return deterministic.TryPlace(tuple.Source.Address, out int _, out within)
                ? TakePort(tuple, remote, address, within)
                : PortSet.None;
        }

        if (!behavior.PreserveRangeClass)
        {
            return TakePort(tuple, remote, address, within);
        }

        // RFC 4787 REQ-3a. There are few well-known ports: without one left, any other serves.
        PortRange dynamic = within with { First = FirstDynamicPort };
        int port = like < FirstDynamicPort
            ? TakePort(tuple, remote, address, within with { Last = FirstDynamicPort - 1 })
            : PortSet.None;
        return port == PortSet.None ? TakePort(tuple, remote, address, dynamic) : port;
    }

    private int TakePort(in FlowTuple tuple, TransportAddress remote, int address, PortRange within)
    {
        if (tables.SharedPorts is SharedPorts shared)
        {
            FlowTuple reply = new(remote, new TransportAddress(_pool[address], 0), tuple.Protocol);
            return shared.Take(address, reply, within, tuple.Source.Port);
        }

        PortSpace space = _pool.SpaceOf(address, tuple.Protocol);
        return _chooser.Take(space, space.Free, within, tuple.Source.Port);
    }

    // A published service has one mapping for all, whatever the behaviour of the others.
    private uint FindMapping(in FlowTuple tuple, in FlowTuple key)
    {
        uint mapping = behavior.Overload ? 0 : _mappings.FindInternal(key);
        return mapping == 0 && behavior.Mapping != MappingBehavior.EndpointIndependent
            ? _mappings.FindInternal(new FlowTuple(tuple.Source, default, tuple.Protocol))
            : mapping;
    }

    private FlowTuple KeyOf(in FlowTuple tuple) => behavior.Mapping switch
    {
        MappingBehavior.EndpointIndependent => new(tuple.Source, default, tuple.Protocol),
        MappingBehavior.AddressDependent => new(
            tuple.Source, new TransportAddress(tuple.Destination.Address, 0), tuple.Protocol),
        _ => tuple,
    };
}
