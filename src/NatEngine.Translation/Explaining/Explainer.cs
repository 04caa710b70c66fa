using NatEngine.Packets;
using NatEngine.Translation.Policy;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation.Explaining;

/// <summary>Says what would become of a packet, and why, by having it decided as if it were there.</summary>
/// <remarks>
/// <para>Changes nothing that another packet, or another question, could notice: no counter, limit, port, log or
/// chance. What time brings is done, as any packet would: sessions whose time is over are collected.</para>
/// <para>Belongs to its <see cref="Translator"/>: used by the same thread, at the same times.</para>
/// </remarks>
public sealed class Explainer
{
    private readonly TranslationTables _tables;
    private readonly FastPath _fastPath;
    private readonly SlowPath _slowPath;
    private readonly ExplainedEnds _ends;

    internal Explainer(TranslationTables tables, FastPath fastPath, SlowPath slowPath)
    {
        _tables = tables;
        _fastPath = fastPath;
        _slowPath = slowPath;
        _ends = new ExplainedEnds(tables);
    }

    /// <summary>The side that packets of a session come in from.</summary>
    /// <param name="tuple">One of the session's tuples.</param>
    /// <param name="now">The present.</param>
    /// <returns>Null if there is no such session.</returns>
    public Realm? IngressOf(FlowTuple tuple, Timestamp now)
    {
        uint reference = _tables.Sessions.Find(tuple);
        ref Session session = ref _tables.Sessions[reference >> 1];
        return reference == 0 || session.IsExpired((uint)now.Milliseconds)
            ? null
            : session.IngressOf((TupleDirection)(reference & 1));
    }

    /// <summary>Explains the packet that somebody would send: the first of a session, or of one that there is the next.
    /// </summary>
    /// <param name="tuple">Its addresses and ports.</param>
    /// <param name="ingress">Where it comes in.</param>
    /// <param name="now">The present.</param>
    public Explanation Explain(FlowTuple tuple, Realm ingress, Timestamp now)
        => Explain(
            IngressOf(tuple, now) is null ? PacketFacts.OfOpening(tuple) : PacketFacts.OfFollowing(tuple),
            ingress, now, isReal: false);

    /// <summary>Explains a packet that has been read from a frame.</summary>
    /// <param name="packet">What was read.</param>
    /// <param name="ingress">Where it comes in.</param>
    /// <param name="now">The present.</param>
    public Explanation Explain(in PacketFacts packet, Realm ingress, Timestamp now)
        => Explain(packet, ingress, now, isReal: true);

    private Explanation Explain(in PacketFacts packet, Realm ingress, Timestamp now, bool isReal)
    {
        uint time = (uint)now.Milliseconds;
        Explanation explanation = new() { Packet = packet, Ingress = ingress, IsCertain = true };
        if (packet.Kind is PacketKind.None or PacketKind.OtherEtherType or PacketKind.Arp)
        {
            return explanation;
        }

        if (packet.Kind == PacketKind.LaterFragment)
        {
            return explanation with { Verdict = VerdictKind.Wait };
        }

        uint reference = _tables.Sessions.Find(packet.Tuple);
        uint place = reference >> 1;
        if (reference != 0 && !_tables.Sessions[place].IsExpired(time))
        {
            return OfSession(explanation, place, (TupleDirection)(reference & 1), now, isReal);
        }

        if (reference != 0)
        {
            _tables.Advance(time);
            _tables.Expire(place);
        }

        return OfOpening(explanation, time);
    }

    private Explanation OfSession(
        Explanation explanation, uint place, TupleDirection direction, Timestamp now, bool isReal)
    {
        PacketFacts packet = explanation.Packet;
        Session session = _tables.Sessions[place];
        Inquiry inquiry = new();
        DropReason reason = _fastPath.Foretell(ref session, place, direction, packet, explanation.Ingress, isReal);
        if (reason == DropReason.None && session.Asks(direction, packet.Kind))
        {
            reason = _slowPath.Ruled!.Follow(ref session, direction, packet, (uint)now.Milliseconds, inquiry);
        }

        Verdict verdict = default;
        verdict.SetForward(session, place, direction);
        return Decided(explanation, inquiry, reason) with
        {
            Session = Snapshots.Of(_tables.Sessions[place], _tables.Sessions.Cold(place), now),
            Direction = direction,
            Egress = verdict.Egress,
            Leaving = verdict.Rewrite.Leaving,
            Mapping = _ends.MappingOf(_tables.Sessions.Cold(place).Mapping),
        };
    }

    private Explanation OfOpening(Explanation explanation, uint now)
    {
        PacketFacts packet = explanation.Packet;
        Inquiry inquiry = new();
        Proposal proposal = default;
        DropReason reason = _slowPath.Propose(packet, explanation.Ingress, now, inquiry, ref proposal);
        bool isOpened = reason == DropReason.None;
        return Decided(explanation, inquiry, reason) with
        {
            Egress = (proposal.Realms & SessionFlags.ReplyFromExternal) != 0 ? Realm.External : Realm.Internal,
            Leaving = isOpened ? proposal.Reply.Reply() : default,
            Mapping = _ends.MappingOf(proposal.Peer),
            Port = isOpened ? _ends.PortOf(packet.Tuple, proposal) : null,
            Subscriber = SubscriberOf(packet, explanation.Ingress, proposal, now),
        };
    }

    private Explanation Decided(Explanation explanation, Inquiry inquiry, DropReason reason) => explanation with
    {
        Verdict = reason == DropReason.None ? VerdictKind.Forward : VerdictKind.Drop,
        Reason = reason,
        Rejection = inquiry.Rejection,
        IsCertain = !inquiry.IsLeftToChance,
        Program = _slowPath.Ruled?.Program,
        Trails = inquiry.Trails,
    };

    private SubscriberStanding? SubscriberOf(in PacketFacts packet, Realm ingress, in Proposal proposal, uint now)
    {
        if (ingress == Realm.Internal)
        {
            return _tables.Subscribers.StandingOf(packet.Tuple.Source.Address, now);
        }

        return proposal.Peer == 0
            ? null
            : _tables.Subscribers.StandingOf(_tables.Mappings[proposal.Peer].Internal.Address, now);
    }
}
