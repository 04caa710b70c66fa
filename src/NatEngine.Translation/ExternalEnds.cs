using System;
using NatEngine.Packets;
using NatEngine.Translation.Ports;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation;

/// <summary>Finds the external transport address that a session from inside is seen under: that of its mapping, of a
/// new mapping, or a port shared with others (RFC 4787 section 4).</summary>
internal sealed class ExternalEnds(TranslationTables tables)
{
    /// <summary>How many ports that have rested are freed before one is looked for: more than the one that is going to
    /// be taken.</summary>
    public const int ReleasedAtOnce = 4;

    private const ushort FirstDynamicPort = 1024;

    private readonly MappingTable _mappings = tables.Mappings;
    private readonly ExternalAddresses _addresses = tables.Pools.Addresses;

    /// <summary>Finds one.</summary>
    /// <param name="pool">Whose it is to be.</param>
    /// <param name="tuple">The session's first packet.</param>
    /// <param name="remote">Where the session goes.</param>
    /// <param name="random">Chance.</param>
    /// <param name="end">What is found; its address and number mean nothing before, the rest is zero.</param>
    /// <param name="rule">See <see cref="KeyOf"/>.</param>
    /// <returns><see cref="DropReason.None"/>, or why there is none.</returns>
    public DropReason TryFind(
        ExternalAddressPool pool, in FlowTuple tuple, TransportAddress remote, Random random, ref ExternalEnd end,
        ushort rule = 0)
    {
        if (tuple.Protocol is not (IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Icmp))
        {
            // No ports, nothing to map: the address alone.
            end.Address = new TransportAddress(pool.AddressAt(pool.PairedWith(tuple.Source.Address)), 0);
            return DropReason.None;
        }

        TranslationBehavior behavior = pool.BehaviorOf(tuple.Protocol);
        end.Key = KeyOf(tuple, behavior.Mapping, rule);
        end.Mapping = FindMapping(behavior, tuple, end.Key);
        if (end.Mapping != 0)
        {
            end.Address = _mappings.ExternalOf(end.Mapping);
            return DropReason.None;
        }

        DropReason refusal = RoomFor(behavior, tuple.Source.Address);
        return refusal == DropReason.None ? TryFindNew(pool, behavior, tuple, remote, random, ref end) : refusal;
    }

    /// <summary>Takes what was found: its port, the block around it and the mapping, as far as it has them.</summary>
    /// <param name="end">What was found, just before; has its mapping from now on.</param>
    public void Take(ref ExternalEnd end)
    {
        if (end.Pool is not ExternalAddressPool pool)
        {
            return;
        }

        IpProtocol protocol = end.Key.Protocol;
        ushort port = end.Address.Port;
        PortSpace space = _addresses.SpaceOf(end.Number, protocol);
        if (end.SharedSet != 0)
        {
            tables.SharedPorts!.Take(end.SharedSet, port);
        }

        if (!end.IsReused)
        {
            space.Last = port;
        }

        if (end.IsShared)
        {
            return;
        }

        if (pool.Blocks is PortBlocks blocks && protocol != IpProtocol.Icmp)
        {
            blocks.Take(end.Block, end.Key.Source.Address, tables.Now);
        }

        _ = space.Free.TryTake(port);
        end.Mapping = tables.OpenMapping(Mapping.Of(end.Key, pool.Number, end.Number, port));
    }

    private DropReason TryFindNew(
        ExternalAddressPool pool, TranslationBehavior behavior, in FlowTuple tuple, TransportAddress remote,
        Random random, ref ExternalEnd end)
    {
        pool.Release(tables.Now, ReleasedAtOnce);
        PortChooser chooser = pool.ChooserOf(tuple.Protocol);
        int tries = chooser.Tries(pool);
        int place = chooser.FirstAddress(pool, tuple.Source.Address, random);
        for (int tried = 0; tried < tries; tried++)
        {
            end.Number = pool.NumberAt(place);
            if (TryFindPort(pool, behavior, tuple, remote, place, random, ref end))
            {
                return DropReason.None;
            }

            place = place + 1 == pool.Count ? 0 : place + 1;
        }

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

    private bool TryFindPort(
        ExternalAddressPool pool, TranslationBehavior behavior, in FlowTuple tuple, TransportAddress remote, int place,
        Random random, ref ExternalEnd end)
    {
        PortChooser chooser = pool.ChooserOf(tuple.Protocol);
        ushort like = tuple.Source.Port;
        if (tuple.Protocol == IpProtocol.Icmp)
        {
            // Identifiers have no classes, and nobody has his own.
            return TryFindPort(pool, tuple, remote, PortRange.All, random, ref end);
        }

        if (pool.Blocks is PortBlocks blocks)
        {
            PortSpace space = _addresses.SpaceOf(end.Number, tuple.Protocol);
            int found = blocks.Find(chooser, space, place, tuple.Source.Address, like, random, out end.Block);
            return Found(found, pool, chooser, blocks.RangeOf(end.Block), ref end);
        }

        if (pool.Deterministic is DeterministicPorts deterministic)
        {
            return deterministic.TryPlace(tuple.Source.Address, out int _, out PortRange own)
                && TryFindPort(pool, tuple, remote, own, random, ref end);
        }

        PortRange within = pool.Ports;
        if (!behavior.PreserveRangeClass)
        {
            return TryFindPort(pool, tuple, remote, within, random, ref end);
        }

        // RFC 4787 REQ-3a. There are few well-known ports: without one left, any other serves.
        return (like < FirstDynamicPort
                && TryFindPort(pool, tuple, remote, within with { Last = FirstDynamicPort - 1 }, random, ref end))
            || TryFindPort(pool, tuple, remote, within with { First = FirstDynamicPort }, random, ref end);
    }

    private bool TryFindPort(
        ExternalAddressPool pool, in FlowTuple tuple, TransportAddress remote, PortRange within, Random random,
        ref ExternalEnd end)
    {
        PortChooser chooser = pool.ChooserOf(tuple.Protocol);
        return TryReuse(pool, tuple, remote, within, ref end)
            || TryFindPort(pool, chooser, tuple, remote, within, random, ref end);
    }

    /// <summary>Finds a port of an external address for a session.</summary>
    /// <param name="pool">The pool that has the address.</param>
    /// <param name="chooser">Chooses it.</param>
    /// <param name="tuple">The session's first packet.</param>
    /// <param name="remote">Where the session goes.</param>
    /// <param name="within">Which ports it may be.</param>
    /// <param name="random">Chance.</param>
    /// <param name="end">Says which address; gets the port.</param>
    /// <returns>False if none is free.</returns>
    public bool TryFindPort(
        ExternalAddressPool pool, PortChooser chooser, in FlowTuple tuple, TransportAddress remote, PortRange within,
        Random random, ref ExternalEnd end)
    {
        ushort like = tuple.Source.Port;
        int port;
        end.IsShared = pool.BehaviorOf(tuple.Protocol).Overload;
        if (end.IsShared && tables.SharedPorts is SharedPorts shared)
        {
            FlowTuple reply = ReplyTo(tuple, remote, end.Number);
            port = shared.Find(chooser, end.Number, reply, within, like, random, out end.SharedSet);
        }
        else
        {
            PortSpace space = _addresses.SpaceOf(end.Number, tuple.Protocol);
            port = chooser.Find(space, space.Free, within, like, random);
            space.Prefetch((ushort)port); // written when it is taken
        }

        return Found(port, pool, chooser, within, ref end);
    }

    private bool Found(int port, ExternalAddressPool pool, PortChooser chooser, PortRange within, ref ExternalEnd end)
    {
        if (port == PortSet.None)
        {
            return false;
        }

        end.Pool = pool;
        end.Address = new TransportAddress(_addresses[end.Number], (ushort)port);
        end.Within = within;
        end.Choice = chooser.Choice;
        return true;
    }

    // What answers look like, but for the port.
    private FlowTuple ReplyTo(in FlowTuple tuple, TransportAddress remote, int number)
        => new(remote, new TransportAddress(_addresses[number], 0), tuple.Protocol);

    /// <summary>Finds what the internal end's last session has, if it is free here too and the pool reuses it.
    /// </summary>
    /// <param name="pool">The pool that has the address.</param>
    /// <param name="tuple">The session's first packet.</param>
    /// <param name="remote">Where the session goes.</param>
    /// <param name="within">Which ports it may be.</param>
    /// <param name="end">Says which address; gets the port.</param>
    public bool TryReuse(
        ExternalAddressPool pool, in FlowTuple tuple, TransportAddress remote, PortRange within, ref ExternalEnd end)
    {
        if (pool.BehaviorOf(tuple.Protocol) is not { Overload: true, ReuseSourcePort: true }
            || !tables.TryFindLast(tuple, out TransportAddress last)
            || last.Address != _addresses[end.Number] || !within.Contains(last.Port)
            || !tables.SharedPorts!.IsFree(
                end.Number, ReplyTo(tuple, remote, end.Number), last.Port, out end.SharedSet))
        {
            return false;
        }

        end.IsReused = true;
        end.IsShared = true;
        return Found(last.Port, pool, pool.ChooserOf(tuple.Protocol), within, ref end);
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
