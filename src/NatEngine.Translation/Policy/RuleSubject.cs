using System;
using NatEngine.Packets;
using NatEngine.Rules.Matches;
using NatEngine.Translation.Explaining;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation.Policy;

/// <summary>What rules are asked about: a packet at one of netfilter's hooks, and its session.</summary>
internal ref struct RuleSubject
{
    /// <summary>What was read from the packet.</summary>
    public required ref readonly PacketFacts Packet;

    /// <summary>The packet's addresses and ports as they are at the hook: in FORWARD with the destination that it will
    /// have, and still with the source that it came with. Of an ICMP error, its own, not the embedded ones.</summary>
    public required FlowTuple Tuple;

    /// <summary>The session's packets as they come in, by direction. Before the session's translation is known, the
    /// reply is that of <see cref="Original"/>.</summary>
    public required FlowTuple Original;

    /// <summary>See <see cref="Original"/>.</summary>
    public required FlowTuple Reply;

    /// <summary>What the packet is to its session.</summary>
    public required SessionStates States;

    /// <summary>The direction of the session that the packet goes in.</summary>
    public required TupleDirection Direction;

    /// <summary>Where the packet came in.</summary>
    public required Realm Ingress;

    /// <summary>Where it will leave.</summary>
    public required Realm Egress;

    /// <summary>The present.</summary>
    public required uint Now;

    /// <summary>The sessions that there are; null where what keeps count is not asked.</summary>
    public required SessionTable? Sessions;

    /// <summary>Chance.</summary>
    public required Random Random;

    /// <summary>The packet's time to live at the hook: one less once it has been routed (ip_forward decrements it
    /// before it asks FORWARD).</summary>
    public required byte TimeToLive;

    /// <summary>True if somebody only wants to know: what keeps count then says what it would say, and does not
    /// count; what logs does not log.</summary>
    public bool IsDry;

    /// <summary>What MARK targets have made of the packet's mark.</summary>
    public uint Mark;

    /// <summary>True once the answer depends on something that another packet of the same direction and state need not
    /// have: a length, a flag, a rate, chance.</summary>
    public bool IsPassing;

    /// <summary>The first packet of a session, as it comes in. Where it will leave nobody knows, and no rule of
    /// PREROUTING asks.</summary>
    /// <param name="packet">What was read from it.</param>
    /// <param name="ingress">Where it came in.</param>
    /// <param name="now">The present.</param>
    /// <param name="sessions">The sessions that there are; null where what keeps count is not asked.</param>
    /// <param name="random">Chance.</param>
    public static RuleSubject OfOpening(
        in PacketFacts packet, Realm ingress, uint now, SessionTable? sessions, Random random)
        => new()
        {
            Packet = ref packet,
            Tuple = packet.Tuple,
            Original = packet.Tuple,
            Reply = packet.Tuple.Reply(),
            States = SessionStates.New,
            Direction = TupleDirection.Original,
            Ingress = ingress,
            Egress = ingress,
            TimeToLive = packet.TimeToLive,
            Now = now,
            Sessions = sessions,
            Random = random,
        };

    /// <summary>What can be looked at later.</summary>
    public readonly PacketAtHook ToPacketAtHook() => new()
    {
        Facts = Packet,
        Tuple = Tuple,
        Original = Original,
        Reply = Reply,
        States = States,
        Direction = Direction,
        Ingress = Ingress,
        Egress = Egress,
        TimeToLive = TimeToLive,
        Mark = Mark,
    };
}
