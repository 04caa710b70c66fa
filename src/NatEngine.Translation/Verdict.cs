using System.Runtime.CompilerServices;
using NatEngine.Packets;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation;

/// <summary>What translation decided about one packet: a value in the batch, beside the frame and its facts.</summary>
public struct Verdict
{
    /// <summary>A <see cref="Rejection"/> that is no ICMP error but a TCP reset.</summary>
    public const byte Reset = byte.MaxValue;

    /// <summary>What is to be done.</summary>
    public VerdictKind Kind { get; internal set; }

    /// <summary>Why, if <see cref="Kind"/> is <see cref="VerdictKind.Drop"/>.</summary>
    public DropReason Reason { get; internal set; }

    /// <summary>What to tell the sender if <see cref="Reason"/> is <see cref="DropReason.RuleRejected"/>: the code of
    /// an ICMP destination unreachable, or <see cref="Reset"/>.</summary>
    public byte Rejection { get; internal set; }

    /// <summary>The side the packet leaves by, if it is forwarded.</summary>
    public Realm Egress { get; internal set; }

    /// <summary>Which direction of the session the packet goes in; of an ICMP error, the direction of the session's
    /// packets that go the same way.</summary>
    public TupleDirection Direction { get; internal set; }

    /// <summary>The next hop that <c>Translator.SetNextHop</c> was given for this direction of the session; 0 if
    /// none was. Means nothing to translation.</summary>
    public ushort NextHop { get; internal set; }

    /// <summary>The identification that the packet leaves with, if it is forwarded and not atomic: its own, or, where
    /// the source is rewritten, one that no other packet of the new source has (RFC 6864 section 5.3.1).</summary>
    public ushort Identification { get; internal set; }

    /// <summary>The session, for as long as the stage that asked runs.</summary>
    public SessionId Session { get; internal set; }

    /// <summary>What to do to the packet, if it is forwarded.</summary>
    public Rewrite Rewrite { get; internal set; }

    internal void SetWait()
    {
        this = default;
        Kind = VerdictKind.Wait;
    }

    // Written in place: a verdict is most of a cache line, and copies of it are most of what a packet costs.
    internal void SetDrop(DropReason reason, byte rejection = 0)
    {
        this = default;
        Kind = VerdictKind.Drop;
        Reason = reason;
        Rejection = rejection;
    }

    // Inlined, the rewrite is written where it belongs; returned, it is copied by a wide read of narrow writes just
    // made, for which the processor waits until they have come to the cache: 3 ns of 55.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void SetForward(in Session session, uint place, TupleDirection direction)
    {
        Kind = VerdictKind.Forward;
        Reason = DropReason.None;
        Egress = session.IngressOf(1 - direction);
        Direction = direction;
        NextHop = session.NextHops[(int)direction];
        Session = new SessionId(place);
        Rewrite = session.RewriteOf(direction);
    }
}
