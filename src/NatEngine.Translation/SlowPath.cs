using System;
using NatEngine.Packets;
using NatEngine.Translation.Policy;
using NatEngine.Translation.Ports;
using NatEngine.Translation.Tables;
using NatEngine.Translation.Timing;

namespace NatEngine.Translation;

/// <summary>What happens to a packet that belongs to no session.</summary>
/// <remarks>In the order of the RFCs: is it ours to translate, does it open anything, which mapping has it (RFC 4787
/// section 4), may it pass (section 5), and is there room.</remarks>
internal sealed class SlowPath
{
    // How many sessions whose time is over are collected when room is wanted for a new one.
    private const int CollectedForRoom = 64;

    private readonly TranslationTables _tables;
    private readonly ExternalAddressPools _pools;
    private readonly ExternalAddresses _addresses;
    private readonly MappingTable _mappings;
    private readonly InboundFilter _filter;
    private readonly IPv4Prefix[] _internalPrefixes;
    private readonly UntranslatedDestination[] _untranslated;
    private readonly Openings _openings;
    private readonly ExternalEnds _externalEnds;
    private readonly Proposals _proposals;
    private readonly Random _random;
    private readonly Func<FlowTuple, Realm, bool>? _isOwn;
    private RuledPath? _ruled;

    /// <summary>Makes one that opens sessions in <paramref name="tables"/>.</summary>
    public SlowPath(TranslationOptions options, TranslationTables tables, Timeouts timeouts, Random random)
    {
        _tables = tables;
        _random = random;
        _isOwn = options.IsOwn;
        _pools = tables.Pools;
        _addresses = tables.Pools.Addresses;
        _mappings = tables.Mappings;
        _filter = new InboundFilter(tables);
        _internalPrefixes = [.. options.InternalPrefixes];
        _untranslated = [.. options.UntranslatedDestinations];
        _openings = new Openings(options);
        _externalEnds = new ExternalEnds(tables);
        _proposals = new Proposals(tables, timeouts, _externalEnds);
    }

    /// <summary>What rules decide; null if there are none.</summary>
    public RuledPath? Ruled => _ruled;

    /// <summary>What to tell the sender of a packet that a rule has just rejected; see <see cref="Verdict.Rejection"/>.
    /// </summary>
    public byte Rejection => _ruled?.Rejection ?? 0;

    /// <summary>Asks these rules from now on; null to ask none.</summary>
    public void Adopt(RuleProgram? rules)
    {
        _ruled ??= rules is null ? null : new RuledPath(_tables, this, _proposals, _externalEnds, _random, _isOwn);
        _ruled?.Adopt(rules);
    }

    /// <summary>Opens a session for <paramref name="packet"/>, which has none.</summary>
    /// <param name="packet">The first packet of the session; goes in its original direction.</param>
    /// <param name="hash">Its tuple's, as <see cref="SessionTable.HashOf"/> has it.</param>
    /// <param name="ingress">Where it came in.</param>
    /// <param name="now">The present.</param>
    /// <param name="index">The session's place.</param>
    /// <returns><see cref="DropReason.None"/>, or why there is no session.</returns>
    public DropReason TryOpen(in PacketFacts packet, ulong hash, Realm ingress, uint now, out uint index)
    {
        Proposal proposal = default;
        DropReason refusal = Propose(packet, ingress, now, null, ref proposal);
        index = refusal == DropReason.None ? _proposals.Open(packet, hash, now, ref proposal) : 0;
        return refusal;
    }

    /// <summary>Decides what session <paramref name="packet"/> would open, and makes none: to be opened at once, or for
    /// somebody who only wants to know.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="ingress">Where it came in.</param>
    /// <param name="now">The present. What it brings is done: sessions whose time is over make room, ports that have
    /// been left alone long enough are free.</param>
    /// <param name="inquiry">Who only wants to know: then nothing is counted, logged or drawn. Null if the session is
    /// going to be opened.</param>
    /// <param name="proposal">The session; all zero before.</param>
    /// <returns><see cref="DropReason.None"/>, or why there would be none.</returns>
    public DropReason Propose(
        in PacketFacts packet, Realm ingress, uint now, Inquiry? inquiry, ref Proposal proposal)
    {
        _tables.Advance(now);
        DropReason refusal = ProposeOnce(packet, ingress, now, inquiry, ref proposal);
        if (refusal is DropReason.SessionTableFull or DropReason.MappingTableFull or DropReason.PortsExhausted
            && _tables.Expire(now, CollectedForRoom) > 0)
        {
            proposal = default;
            inquiry?.Trails.Clear();
            refusal = ProposeOnce(packet, ingress, now, inquiry, ref proposal);
        }

        return refusal;
    }

    private DropReason ProposeOnce(
        in PacketFacts packet, Realm ingress, uint now, Inquiry? inquiry, ref Proposal proposal)
    {
        DropReason refusal = _openings.RefusalOf(packet);
        if (refusal != DropReason.None)
        {
            return refusal;
        }

        if (_ruled?.Program is not null)
        {
            return _ruled.Propose(packet, ingress, now, inquiry, ref proposal);
        }

        return ingress == Realm.Internal
            ? ProposeFromInside(packet, now, inquiry?.Random ?? _random, ref proposal)
            : ProposeFromOutside(packet, now, ref proposal);
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

    private DropReason ProposeFromInside(in PacketFacts packet, uint now, Random chance, ref Proposal proposal)
    {
        FlowTuple tuple = packet.Tuple;
        ExternalAddressPool pool = _pools.Of(tuple.Source.Address);
        if (!IsInternal(tuple.Source.Address) || !pool.CanServe(tuple.Source.Address))
        {
            return DropReason.NotInternal;
        }

        bool hairpin = _addresses.TryFind(tuple.Destination.Address, out int external)
            && !_addresses.IsElsewhere(external, tuple);
        if (hairpin && !TryFindPeer(packet, external, out proposal.Peer))
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

        if (!hairpin && StaysAsItIs(tuple, out proposal.Realms))
        {
            return _proposals.Settle(tuple.Reply(), now, ref proposal);
        }

        TransportAddress remote = hairpin ? _mappings[proposal.Peer].Internal : tuple.Destination;
        reason = _externalEnds.TryFind(pool, tuple, remote, chance, ref proposal.End);
        if (reason != DropReason.None)
        {
            return reason;
        }

        // RFC 4787 REQ-9a: the other end of a hairpinned session sees the external address and port, not the internal.
        proposal.Realms = hairpin ? SessionFlags.None : SessionFlags.ReplyFromExternal;
        return _proposals.Settle(new FlowTuple(remote, proposal.End.Address, tuple.Protocol), now, ref proposal);
    }

    private DropReason ProposeFromOutside(in PacketFacts packet, uint now, ref Proposal proposal)
    {
        FlowTuple tuple = packet.Tuple;
        if (!_addresses.TryFind(tuple.Destination.Address, out int external))
        {
            return DropReason.NotOurs;
        }

        if (!TryFindPeer(packet, external, out proposal.Peer))
        {
            return DropReason.NoMapping;
        }

        if (!_filter.Admits(proposal.Peer, packet))
        {
            return DropReason.Filtered;
        }

        if (!Openings.OpensFromOutside(packet))
        {
            return DropReason.NotAnOpening;
        }

        TransportAddress visited = _mappings[proposal.Peer].Internal;
        DropReason reason = RoomFor(visited.Address, now);
        if (reason != DropReason.None)
        {
            return reason;
        }

        proposal.End.Mapping = proposal.Peer;
        proposal.Realms = SessionFlags.OriginalFromExternal;
        return _proposals.Settle(new FlowTuple(visited, tuple.Source, tuple.Protocol), now, ref proposal);
    }

    /// <summary>Whether there is room for another session of that internal address.</summary>
    public DropReason RoomFor(IPv4Address subscriber, uint now)
    {
        if (_tables.Sessions.IsFull)
        {
            return DropReason.SessionTableFull;
        }

        return _tables.Subscribers.AllowsSession(subscriber, now) ? DropReason.None : DropReason.SubscriberQuota;
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
}
