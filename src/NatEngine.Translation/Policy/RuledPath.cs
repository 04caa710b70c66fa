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
internal sealed class RuledPath(TranslationTables tables, SlowPath opener, ExternalEnds externalEnds, Random random)
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

    /// <summary>Opens a session; see <see cref="SlowPath.TryOpen"/>.</summary>
    public DropReason TryOpen(in PacketFacts packet, ulong hash, Realm ingress, uint now, out uint index)
    {
        index = 0;
        RuleSubject subject = SubjectOf(packet, ingress, now);

        // Of what opens no session, nat is not asked: what would count it must not.
        DropReason closed = opener.RefusalOf(packet, ingress);
        RuleAnswer before = closed == DropReason.None
            ? Program!.Ask(RuleHook.Prerouting, ref subject)
            : new RuleAnswer(RuleAction.Accept, 0);
        bool redirected = before.Action == RuleAction.TranslateDestination;
        TransportAddress destination = redirected
            ? Program!.DestinationOf(before.Operand).Of(ref subject)
            : packet.Tuple.Destination;
        uint peer = 0;
        if (_addresses.TryFind(destination.Address, out int external))
        {
            DropReason refusal = TryFindPeer(packet, external, ingress, redirected, out peer);
            if (refusal != DropReason.None)
            {
                return refusal;
            }

            destination = _mappings[peer].Internal;
        }

        DropReason reason = TryRoute(packet, closed, destination, peer, ref subject);
        return reason == DropReason.None
            ? TryOpenRouted(packet, hash, destination, peer, ref subject, out index)
            : reason;
    }

    /// <summary>Holds a packet of a session against the filter.</summary>
    /// <param name="session">The session, already brought up to date.</param>
    /// <param name="direction">The packet's direction.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="now">The present.</param>
    /// <returns><see cref="DropReason.None"/>, or why it is dropped.</returns>
    public DropReason Follow(ref Session session, TupleDirection direction, in PacketFacts packet, uint now)
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
        RuleAnswer answer = Program.Ask(RuleHook.Forward, ref subject);
        if (answer.Action != RuleAction.Accept)
        {
            DropReason refusal = Refuse(answer);
            if (refusal == DropReason.RuleRejected && Rejection == Verdict.Reset)
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
        in PacketFacts packet, int external, Realm ingress, bool redirected, out uint peer)
    {
        peer = 0;
        if (redirected || !opener.TryFindPeer(packet, external, out peer))
        {
            return DropReason.NoMapping;
        }

        return ingress == Realm.Internal || _filter.Admits(peer, packet) ? DropReason.None : DropReason.Filtered;
    }

    private DropReason TryRoute(
        in PacketFacts packet, DropReason closed, TransportAddress destination, uint peer, ref RuleSubject subject)
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

        RuleAnswer answer = Program!.Ask(RuleHook.Forward, ref subject);
        return answer.Action == RuleAction.Accept ? DropReason.None : Refuse(answer);
    }

    private DropReason TryOpenRouted(
        in PacketFacts packet, ulong hash, TransportAddress destination, uint peer, ref RuleSubject subject,
        out uint index)
    {
        index = 0;
        bool isPassing = subject.IsPassing;
        bool outbound = subject.Ingress == Realm.Internal;
        DropReason reason = opener.RoomFor(outbound ? packet.Tuple.Source.Address : destination.Address, subject.Now);
        if (reason != DropReason.None)
        {
            return reason;
        }

        uint mapping = outbound ? 0 : peer;
        TransportAddress source = packet.Tuple.Source;
        RuleAnswer answer = Program!.Ask(RuleHook.Postrouting, ref subject);
        if (answer.Action == RuleAction.TranslateSource)
        {
            SourceTarget target = Program.SourceOf(answer.Operand);
            reason = TryTakeSource(target, subject.Tuple, destination, out mapping, out source);
            if (reason != DropReason.None)
            {
                return reason;
            }
        }

        SessionFlags realms = (outbound ? SessionFlags.None : SessionFlags.OriginalFromExternal)
            | (subject.Egress == Realm.External ? SessionFlags.ReplyFromExternal : SessionFlags.None);
        FlowTuple reply = new(destination, source, packet.Tuple.Protocol);
        uint other = mapping == peer ? 0 : peer;
        reason = opener.TryAdd(packet, hash, reply, realms, mapping, other, subject.Now, out index);
        if (reason == DropReason.None)
        {
            tables.Sessions[index].Flags |= SessionFlags.Ruled | SessionFlags.AskReply
                | (isPassing ? SessionFlags.AskOriginal : SessionFlags.None);
        }

        return reason;
    }

    private DropReason TryTakeSource(
        SourceTarget target, in FlowTuple tuple, TransportAddress remote, out uint mapping,
        out TransportAddress external)
        => target.Key == SourceTarget.PoolsOwn && target.KeptBits == 0
            ? externalEnds.TryTake(tables.Pools.Of(tuple.Source.Address), tuple, remote, out mapping, out external)
            : _sources.TryTake(target, tuple, remote, out mapping, out external);

    private DropReason Refuse(RuleAnswer answer)
    {
        Debug.Assert(answer.Action is RuleAction.Drop or RuleAction.Reject, "Table filter does not translate.");
        if (answer.Action == RuleAction.Drop)
        {
            return DropReason.RuleDropped;
        }

        RejectAnswer said = (RejectAnswer)answer.Operand;
        Rejection = said == RejectAnswer.TcpReset ? Verdict.Reset : IcmpCodes.Of(said);
        return DropReason.RuleRejected;
    }

    // Without knowledge of the inside, what comes from there goes out, and what comes from outside goes in.
    private bool IsInside(IPv4Address destination, Realm ingress)
        => Program!.InsideNetworks.IsEmpty
            ? ingress == Realm.External
            : Program.InsideNetworks.Contains(destination);

    private RuleSubject SubjectOf(in PacketFacts packet, Realm ingress, uint now) => new()
    {
        Packet = ref packet,
        Tuple = packet.Tuple,
        Original = packet.Tuple,
        Reply = packet.Tuple.Reply(),
        States = SessionStates.New,
        Direction = TupleDirection.Original,
        Ingress = ingress,
        Egress = ingress, // no rule of PREROUTING asks for it
        TimeToLive = packet.TimeToLive,
        Now = now,
        Sessions = tables.Sessions,
        Random = random,
    };

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
