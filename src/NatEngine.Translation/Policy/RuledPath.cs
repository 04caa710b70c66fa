using System;
using System.Diagnostics;
using NatEngine.Packets;
using NatEngine.Rules.Matches;
using NatEngine.Rules.Targets;
using NatEngine.Translation.Ports;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation.Policy;

/// <summary>Opens sessions as rules want them, in the order of netfilter's hooks: PREROUTING may change the
/// destination, the route is clear then, FORWARD accepts or refuses, POSTROUTING may change the source.</summary>
internal sealed class RuledPath(
    TranslationTables tables, SlowPath opener, Proposals proposals, ExternalEnds externalEnds, Random random,
    Func<FlowTuple, Realm, bool>? isOwn)
{
    private readonly RuledSources _sources = new(tables, externalEnds);
    private readonly ExternalAddresses _addresses = tables.Pools.Addresses;
    private readonly MappingTable _mappings = tables.Mappings;
    private readonly InboundFilter _filter = new(tables);

    /// <summary>The rules that are asked; null if there are none.</summary>
    public RuleProgram? Program { get; private set; }

    /// <summary>The answer to the last packet that was rejected; see <see cref="Verdict.Rejection"/>.</summary>
    public byte Rejection { get; private set; }

    /// <summary>Asks these rules from now on.</summary>
    public void Adopt(RuleProgram? program) => Program = program;

    /// <summary>Decides what session a packet would open; see <see cref="SlowPath.Propose"/>.</summary>
    public DropReason Propose(
        in PacketFacts packet, Realm ingress, uint now, Inquiry? inquiry, ref Proposal proposal)
    {
        RuleSubject subject = RuleSubject.OfOpening(packet, ingress, now, tables.Sessions, random);

        // Of what opens no session, nat is not asked: what would count it must not.
        DropReason closed = opener.RefusalOf(packet, ingress);
        RuleAnswer before = closed == DropReason.None
            ? Ask(RuleHook.Prerouting, ref subject, inquiry)
            : new RuleAnswer(RuleAction.Accept, 0);
        bool redirected = before.Action == RuleAction.TranslateDestination;
        TransportAddress destination = redirected
            ? Program!.DestinationOf(before.Operand).Of(ref subject)
            : packet.Tuple.Destination;
        if (_addresses.TryFind(destination.Address, out int external)
            && (ingress == Realm.External || redirected || !_addresses.IsElsewhere(external, packet.Tuple)))
        {
            DropReason refusal = TryFindPeer(packet, external, ingress, redirected, ref proposal);
            if (refusal != DropReason.None)
            {
                return refusal;
            }

            destination = _mappings[proposal.Peer].Internal;
        }

        DropReason reason = TryRoute(packet, closed, destination, proposal.Peer, ref subject, inquiry);
        return reason == DropReason.None
            ? ProposeRouted(packet, destination, ref subject, inquiry, ref proposal)
            : reason;
    }

    /// <summary>Holds a packet of a session against the filter.</summary>
    /// <param name="session">The session, already brought up to date.</param>
    /// <param name="direction">The packet's direction.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="now">The present.</param>
    /// <param name="inquiry">Who only wants to know, and gives a copy of the session; null if the packet is there.
    /// </param>
    /// <returns><see cref="DropReason.None"/>, or why it is dropped.</returns>
    public DropReason Follow(
        ref Session session, TupleDirection direction, in PacketFacts packet, uint now, Inquiry? inquiry = null)
    {
        if (Program is null)
        {
            session.Flags &= ~(SessionFlags.Ruled | SessionFlags.AskOriginal | SessionFlags.AskReply);
            return DropReason.None;
        }

        // The first answer: what was said of a new session does not hold for an established one.
        if (direction == TupleDirection.Reply && session.PacketsLow[(int)TupleDirection.Reply] <= 1)
        {
            session.Flags |= SessionFlags.AskOriginal;
        }

        RuleSubject subject = SubjectOf(session, direction, packet, now);
        RuleAnswer answer = Ask(RuleHook.Forward, ref subject, inquiry);
        if (answer.Action != RuleAction.Accept)
        {
            DropReason refusal = Refuse(answer, inquiry);
            if (refusal == DropReason.RuleRejected && (RejectAnswer)answer.Operand == RejectAnswer.TcpReset)
            {
                // The one end is going to be told that the connection is over (nf_conntrack_tcp_set_closing).
                session.State = TcpState.Close;
                session.Flags &= ~SessionFlags.Settled;
            }

            return refusal;
        }

        if (!subject.IsPassing && packet.Kind != PacketKind.IcmpError)
        {
            session.Flags &= ~FlagOf(direction);
        }

        return DropReason.None;
    }

    // None is left of what arrives with none or one: it goes no further than to the stage that says so.
    private static byte RoutedTimeToLive(in PacketFacts packet) => (byte)(Math.Max(packet.TimeToLive, (byte)1) - 1);

    private static SessionFlags FlagOf(TupleDirection direction)
        => (SessionFlags)((int)SessionFlags.AskOriginal << (int)direction);

    // Where the destination is the gateway's own: what is mapped there, by somebody inside or by the settings.
    private DropReason TryFindPeer(
        in PacketFacts packet, int external, Realm ingress, bool redirected, ref Proposal proposal)
    {
        if (redirected || !opener.TryFindPeer(packet, external, out proposal.Peer))
        {
            return DropReason.NoMapping;
        }

        return ingress == Realm.Internal || _filter.Admits(proposal.Peer, packet)
            ? DropReason.None
            : DropReason.Filtered;
    }

    private DropReason TryRoute(
        in PacketFacts packet, DropReason closed, TransportAddress destination, uint peer, ref RuleSubject subject,
        Inquiry? inquiry)
    {
        bool isInside = peer != 0 || IsInside(destination.Address, subject.Ingress);
        subject.Egress = isInside ? Realm.Internal : Realm.External;
        if (subject.Ingress == Realm.External && !isInside)
        {
            return DropReason.NotOurs;
        }

        if (closed != DropReason.None)
        {
            return closed;
        }

        subject.Tuple = new FlowTuple(packet.Tuple.Source, destination, packet.Tuple.Protocol);
        subject.Reply = subject.Tuple.Reply();
        subject.TimeToLive = RoutedTimeToLive(packet);
        if (destination != packet.Tuple.Destination)
        {
            subject.States |= SessionStates.Dnat;
        }

        RuleAnswer answer = Ask(RuleHook.Forward, ref subject, inquiry);
        return answer.Action == RuleAction.Accept ? DropReason.None : Refuse(answer, inquiry);
    }

    private DropReason ProposeRouted(
        in PacketFacts packet, TransportAddress destination, ref RuleSubject subject, Inquiry? inquiry,
        ref Proposal proposal)
    {
        bool isPassing = subject.IsPassing;
        bool outbound = subject.Ingress == Realm.Internal;
        DropReason reason = opener.RoomFor(outbound ? packet.Tuple.Source.Address : destination.Address, subject.Now);
        if (reason != DropReason.None)
        {
            return reason;
        }

        RuleAnswer answer = Ask(RuleHook.Postrouting, ref subject, inquiry);
        if (answer.Action == RuleAction.TranslateSource)
        {
            SourceTarget target = Program!.SourceOf(answer.Operand);
            reason = TryFindSource(target, subject.Tuple, destination, inquiry?.Random ?? random, ref proposal.End);
            if (reason != DropReason.None)
            {
                return reason;
            }
        }
        else
        {
            proposal.End.Mapping = outbound ? 0 : proposal.Peer;
            proposal.End.Address = packet.Tuple.Source;
        }

        proposal.Realms = (outbound ? SessionFlags.None : SessionFlags.OriginalFromExternal)
            | (subject.Egress == Realm.External ? SessionFlags.ReplyFromExternal : SessionFlags.None);
        proposal.Rules = SessionFlags.Ruled | SessionFlags.AskReply
            | (isPassing ? SessionFlags.AskOriginal : SessionFlags.None);
        FlowTuple reply = new(destination, proposal.End.Address, packet.Tuple.Protocol);
        return isOwn is null || isOwn(reply, subject.Egress)
            ? proposals.Settle(reply, subject.Now, ref proposal)
            : DropReason.AnswersElsewhere;
    }

    private RuleAnswer Ask(RuleHook hook, ref RuleSubject subject, Inquiry? inquiry)
    {
        if (inquiry is null)
        {
            return Program!.Ask(hook, ref subject);
        }

        subject.IsDry = true;
        subject.Random = inquiry.RuleRandom;
        HookTrail noted = new(hook, subject.ToPacketAtHook());
        inquiry.Trails.Add(noted);
        RuleTrail trail = new(noted);
        return Program!.Ask(hook, ref subject, ref trail);
    }

    private DropReason TryFindSource(
        SourceTarget target, in FlowTuple tuple, TransportAddress remote, Random chance, ref ExternalEnd end)
        => target.Key == SourceTarget.PoolsOwn && target.KeptBits == 0
            ? externalEnds.TryFind(tables.Pools.Of(tuple.Source.Address), tuple, remote, chance, ref end)
            : _sources.TryFind(target, tuple, remote, chance, ref end);

    private DropReason Refuse(RuleAnswer answer, Inquiry? inquiry)
    {
        Debug.Assert(answer.Action is RuleAction.Drop or RuleAction.Reject, "Table filter does not translate.");
        if (answer.Action == RuleAction.Drop)
        {
            return DropReason.RuleDropped;
        }

        RejectAnswer said = (RejectAnswer)answer.Operand;
        byte rejection = said == RejectAnswer.TcpReset ? Verdict.Reset : IcmpCodes.Of(said);
        if (inquiry is null)
        {
            Rejection = rejection;
        }
        else
        {
            inquiry.Rejection = rejection;
        }

        return DropReason.RuleRejected;
    }

    // Without knowledge of the inside, what comes from there goes out, and what comes from outside goes in.
    private bool IsInside(IPv4Address destination, Realm ingress)
        => Program!.InsideNetworks.IsEmpty
            ? ingress == Realm.External
            : Program.InsideNetworks.Contains(destination);

    private RuleSubject SubjectOf(in Session session, TupleDirection direction, in PacketFacts packet, uint now)
    {
        FlowTuple own = session.Tuples[(int)direction];
        FlowTuple other = session.Tuples[1 - (int)direction];
        bool isError = packet.Kind == PacketKind.IcmpError;
        FlowTuple original = session.Tuples[(int)TupleDirection.Original];
        FlowTuple reply = session.Tuples[(int)TupleDirection.Reply];
        SessionStates state = isError ? SessionStates.Related
            : session.Has(SessionFlags.SeenReply) ? SessionStates.Established
            : SessionStates.New;
        return new RuleSubject
        {
            Packet = ref packet,
            Tuple = isError
                ? new FlowTuple(
                    new TransportAddress(packet.Source, 0), new TransportAddress(other.Source.Address, 0),
                    IpProtocol.Icmp)
                : new FlowTuple(own.Source, other.Source, own.Protocol),
            Original = original,
            Reply = reply,
            States = state
                | (original.Source == reply.Destination ? SessionStates.None : SessionStates.Snat)
                | (original.Destination == reply.Source ? SessionStates.None : SessionStates.Dnat),
            Direction = direction,
            Ingress = session.IngressOf(direction),
            Egress = session.IngressOf(1 - direction),
            TimeToLive = RoutedTimeToLive(packet),
            Now = now,
            Sessions = tables.Sessions,
            Random = random,
        };
    }
}
