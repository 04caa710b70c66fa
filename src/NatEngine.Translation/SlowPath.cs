using System;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation.Policy;
using NatEngine.Translation.Ports;
using NatEngine.Translation.Tables;
using NatEngine.Translation.Tcp;
using NatEngine.Translation.Timing;

namespace NatEngine.Translation;

/// <summary>What happens to a packet that belongs to no session.</summary>
/// <remarks>In the order of the RFCs: is it ours to translate, does it open anything, which mapping has it (RFC 4787
/// section 4), may it pass (section 5), and is there room.</remarks>
internal sealed class SlowPath(
    TranslationOptions options, TranslationTables tables, Timeouts timeouts, Random random)
{
    // How many sessions whose time is over are collected when room is wanted for a new one.
    private const int CollectedForRoom = 64;

    private readonly ExternalAddressPools _pools = tables.Pools;
    private readonly ExternalAddresses _addresses = tables.Pools.Addresses;
    private readonly MappingTable _mappings = tables.Mappings;
    private readonly InboundFilter _filter = new(tables);
    private readonly IPv4Prefix[] _internalPrefixes = [.. options.InternalPrefixes];
    private readonly UntranslatedDestination[] _untranslated = [.. options.UntranslatedDestinations];
    private readonly Openings _openings = new(options);
    private readonly ExternalEnds _externalEnds = new(tables);
    private RuledPath? _ruled;

    /// <summary>What rules decide; null if there are none.</summary>
    public RuledPath? Ruled => _ruled;

    /// <summary>What to tell the sender of a packet that a rule has just rejected; see <see cref="Verdict.Rejection"/>.
    /// </summary>
    public byte Rejection => _ruled?.Rejection ?? 0;

    /// <summary>Asks these rules from now on; null to ask none.</summary>
    public void Adopt(RuleProgram? rules)
    {
        _ruled ??= rules is null ? null : new RuledPath(tables, this, _externalEnds, random);
        _ruled?.Adopt(rules);
    }

    /// <summary>Asks for the memory that opening a session from inside begins with.</summary>
    public void Prefetch(in PacketFacts packet) => _externalEnds.Prefetch(packet.Tuple);

    /// <summary>Opens a session for <paramref name="packet"/>, which has none.</summary>
    /// <param name="packet">The first packet of the session; goes in its original direction.</param>
    /// <param name="hash">Its tuple's, as <see cref="SessionTable.HashOf"/> has it.</param>
    /// <param name="ingress">Where it came in.</param>
    /// <param name="now">The present.</param>
    /// <param name="index">The session's place.</param>
    /// <returns><see cref="DropReason.None"/>, or why there is no session.</returns>
    public DropReason TryOpen(in PacketFacts packet, ulong hash, Realm ingress, uint now, out uint index)
    {
        tables.Advance(now);
        DropReason refusal = TryOpenOnce(packet, hash, ingress, now, out index);
        return refusal is DropReason.SessionTableFull or DropReason.MappingTableFull or DropReason.PortsExhausted
            && tables.Expire(now, CollectedForRoom) > 0
                ? TryOpenOnce(packet, hash, ingress, now, out index)
                : refusal;
    }

    private DropReason TryOpenOnce(in PacketFacts packet, ulong hash, Realm ingress, uint now, out uint index)
    {
        index = 0;
        DropReason refusal = _openings.RefusalOf(packet);
        if (refusal != DropReason.None)
        {
            return refusal;
        }

        if (_ruled?.Program is not null)
        {
            return _ruled.TryOpen(packet, hash, ingress, now, out index);
        }

        return ingress == Realm.Internal
            ? TryOpenFromInside(packet, hash, now, out index)
            : TryOpenFromOutside(packet, hash, now, out index);
    }

    /// <summary>Why a packet from there opens nothing, wherever it goes.</summary>
    public DropReason RefusalOf(in PacketFacts packet, Realm ingress)
    {
        if (ingress == Realm.External)
        {
            return Openings.OpensFromOutside(packet) ? DropReason.None : DropReason.NotAnOpening;
        }

        IPv4Address source = packet.Tuple.Source.Address;
        if (!IsInternal(source) || !_pools.Of(source).CanServe(source))
        {
            return DropReason.NotInternal;
        }

        return _openings.OpensFromInside(packet) ? DropReason.None : DropReason.NotAnOpening;
    }

    private DropReason TryOpenFromInside(in PacketFacts packet, ulong hash, uint now, out uint index)
    {
        index = 0;
        FlowTuple tuple = packet.Tuple;
        ExternalAddressPool pool = _pools.Of(tuple.Source.Address);
        if (!IsInternal(tuple.Source.Address) || !pool.CanServe(tuple.Source.Address))
        {
            return DropReason.NotInternal;
        }

        uint peer = 0;
        bool hairpin = _addresses.TryFind(tuple.Destination.Address, out int external);
        if (hairpin && !TryFindPeer(packet, external, out peer))
        {
            return DropReason.NoMapping;
        }

        if (!_openings.OpensFromInside(packet))
        {
            return DropReason.NotAnOpening;
        }

        DropReason reason = RoomFor(tuple.Source.Address, now);
        if (reason != DropReason.None)
        {
            return reason;
        }

        if (!hairpin && StaysAsItIs(tuple, out SessionFlags other))
        {
            return TryAdd(packet, hash, tuple.Reply(), other, 0, 0, now, out index);
        }

        TransportAddress remote = hairpin ? _mappings[peer].Internal : tuple.Destination;
        reason = _externalEnds.TryTake(pool, tuple, remote, out uint mapping, out TransportAddress seenAs);
        if (reason != DropReason.None)
        {
            return reason;
        }

        // RFC 4787 REQ-9a: the other end of a hairpinned session sees the external address and port, not the internal.
        FlowTuple reply = new(remote, seenAs, tuple.Protocol);
        SessionFlags realms = hairpin ? SessionFlags.None : SessionFlags.ReplyFromExternal;
        return TryAdd(packet, hash, reply, realms, mapping, peer, now, out index);
    }

    private DropReason TryOpenFromOutside(in PacketFacts packet, ulong hash, uint now, out uint index)
    {
        index = 0;
        FlowTuple tuple = packet.Tuple;
        if (!_addresses.TryFind(tuple.Destination.Address, out int external))
        {
            return DropReason.NotOurs;
        }

        if (!TryFindPeer(packet, external, out uint mapping))
        {
            return DropReason.NoMapping;
        }

        if (!_filter.Admits(mapping, packet))
        {
            return DropReason.Filtered;
        }

        if (!Openings.OpensFromOutside(packet))
        {
            return DropReason.NotAnOpening;
        }

        DropReason reason = RoomFor(_mappings[mapping].Internal.Address, now);
        if (reason != DropReason.None)
        {
            return reason;
        }

        FlowTuple reply = new(_mappings[mapping].Internal, tuple.Source, tuple.Protocol);
        return TryAdd(packet, hash, reply, SessionFlags.OriginalFromExternal, mapping, 0, now, out index);
    }

    /// <summary>Whether there is room for another session of that internal address.</summary>
    public DropReason RoomFor(IPv4Address subscriber, uint now)
    {
        if (tables.Sessions.IsFull)
        {
            return DropReason.SessionTableFull;
        }

        return tables.Subscribers.AllowsSession(subscriber, now) ? DropReason.None : DropReason.SubscriberQuota;
    }

    /// <summary>Finds the mapping that a packet to one of our addresses asks for.</summary>
    /// <remarks>Of a query that asks, the destination port is no identifier but the query's type: nothing is mapped
    /// there.</remarks>
    public bool TryFindPeer(in PacketFacts packet, int external, out uint mapping)
    {
        mapping = packet.Kind == PacketKind.IcmpQuery && Openings.Asks(packet.IcmpType)
            ? 0
            : _mappings.FindExternal(external, packet.Tuple.Destination.Port, packet.Tuple.Protocol);
        return mapping != 0;
    }

    // Nobody inside has an external address.
    private bool IsInternal(IPv4Address source)
        => !_addresses.TryFind(source, out _)
            && (_internalPrefixes.Length == 0 || IsIn(_internalPrefixes, source));

    private static bool IsIn(IPv4Prefix[] prefixes, IPv4Address address)
    {
        foreach (IPv4Prefix prefix in prefixes)
        {
            if (prefix.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    // What is inside is reached under its own address, by way of the gateway if that is the sender's way to it.
    private bool StaysAsItIs(in FlowTuple tuple, out SessionFlags other)
    {
        bool isInside = IsIn(_internalPrefixes, tuple.Destination.Address);
        other = isInside ? SessionFlags.None : SessionFlags.ReplyFromExternal;
        return isInside || IsUntranslated(tuple);
    }

    private bool IsUntranslated(in FlowTuple tuple)
    {
        foreach (UntranslatedDestination destination in _untranslated)
        {
            if (destination.Has(tuple))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds a session whose reply direction is known.</summary>
    /// <remarks>A mapping made for this packet cannot be in the way of anybody: its port was free. So none is left
    /// unused when the session is refused.</remarks>
    public DropReason TryAdd(
        in PacketFacts packet, ulong hash, in FlowTuple reply, SessionFlags realms, uint mapping, uint peer, uint now,
        out uint index)
    {
        ulong replyHash = tables.Sessions.HashOf(reply);
        uint other = tables.Sessions.Find(reply, replyHash, 0) >> 1;
        if (other != 0 && !tables.Sessions[other].IsExpired(now))
        {
            index = 0;
            return DropReason.Conflict;
        }

        Session session = SessionOf(packet, reply, realms, now);
        FlowTuple contact = _filter.ContactOf(reply, realms, mapping);
        index = tables.OpenSession(session, hash, replyHash, mapping, peer, contact);
        if (packet.Kind == PacketKind.Tcp)
        {
            tables.Windows?.Open(session, index, packet);
        }

        if (other != 0)
        {
            tables.Expire(other); // not before its mapping is in use again
        }

        return DropReason.None;
    }

    private Session SessionOf(in PacketFacts packet, in FlowTuple reply, SessionFlags realms, uint now)
    {
        Session session = default;
        session.Tuples[(int)TupleDirection.Original] = packet.Tuple;
        session.Tuples[(int)TupleDirection.Reply] = reply;
        session.Flags = realms;
        session.State = packet.Kind == PacketKind.Tcp ? TcpTracker.Opening(packet.TcpFlags) : TcpState.None;
        session.Timer = packet.Kind switch
        {
            PacketKind.Tcp => TimerKind.TcpOpening,
            PacketKind.Udp => TimerKind.UdpUnreplied,
            PacketKind.IcmpQuery => TimerKind.IcmpQuery,
            _ => TimerKind.Other,
        };
        session.Deadline = now + timeouts[session.Timer];
        session.NetworkDelta = Deltas.OfAddresses(packet.Tuple, reply);
        session.TransportDelta = Deltas.OfTransport(packet.Tuple, reply);
        if ((packet.TcpFlags & TcpFlags.Fin) != 0)
        {
            session.State = TcpState.FinWait;
            session.Flags |= SessionFlags.OriginalFin;
        }

        return session;
    }
}
