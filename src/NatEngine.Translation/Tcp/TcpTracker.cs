using NatEngine.Packets.Headers;
using NatEngine.Translation.Tables;
using NatEngine.Translation.Timing;

namespace NatEngine.Translation.Tcp;

/// <summary>Follows a connection from between its ends: RFC 7857 section 2, that is RFC 6146 section 3.5.2, told with
/// the states of nf_conntrack.</summary>
/// <remarks>
/// <para>Where nf_conntrack calls a segment invalid that two correct ends may exchange (a repeated SYN of a
/// simultaneous open, a SYN on a connection that one end has forgotten), it is passed on and changes nothing: RFC 5382
/// REQ-2 asks that all valid sequences get through.</para>
/// <para>A connection that one end has closed is kept as long as an open one (RFC 6146: C FIN RCV and S FIN RCV): the
/// other end may have much to say yet.</para>
/// </remarks>
internal static class TcpTracker
{
    /// <summary>The bits that decide what a segment is.</summary>
    public const TcpFlags Control = TcpFlags.Syn | TcpFlags.Ack | TcpFlags.Fin | TcpFlags.Rst;

    /// <summary>Puts a segment into the state of its session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="direction">The segment's direction.</param>
    /// <param name="flags">Its control bits.</param>
    /// <param name="closes">After both ends' FIN: whether the segment acknowledges the last one, as far as anybody can
    /// tell.</param>
    /// <returns>False if it fits no valid sequence and is to be dropped.</returns>
    public static bool TryAdvance(ref Session session, TupleDirection direction, TcpFlags flags, bool closes)
    {
        TcpState? next = (flags & Control) switch
        {
            TcpFlags.Syn => OnSyn(ref session, direction),
            TcpFlags.Syn | TcpFlags.Ack => OnSynAck(session.State, direction),
            TcpFlags.Fin | TcpFlags.Ack => OnFin(ref session, direction),
            TcpFlags.Ack => OnAck(ref session, direction, closes),
            TcpFlags.Rst or (TcpFlags.Rst | TcpFlags.Ack) => TcpState.Close,
            _ => null, // no control bit, or some that exclude each other
        };
        if (next is not TcpState state)
        {
            return false;
        }

        session.State = state;
        session.Flags |= direction == TupleDirection.Reply ? SessionFlags.SeenReply : SessionFlags.None;
        bool open = state == TcpState.Established && session.Has(SessionFlags.SeenReply);
        if (open)
        {
            session.Flags |= SessionFlags.Assured | SessionFlags.Settled;
        }
        else
        {
            session.Flags &= ~SessionFlags.Settled;
        }

        session.Timer = TimerOf(state, open);
        return true;
    }

    /// <summary>The state of a session that a segment of this kind opens.</summary>
    public static TcpState Opening(TcpFlags flags)
        => (flags & TcpFlags.Syn) != 0 ? TcpState.SynSent : TcpState.Established;

    private static TimerKind TimerOf(TcpState state, bool open) => state switch
    {
        TcpState.Established => open ? TimerKind.TcpEstablished : TimerKind.TcpOpening,
        TcpState.FinWait or TcpState.CloseWait => TimerKind.TcpEstablished,
        TcpState.LastAck or TcpState.Close => TimerKind.TcpClosing,
        TcpState.TimeWait => TimerKind.TcpTimeWait,
        _ => TimerKind.TcpOpening,
    };

    private static TcpState? OnSyn(ref Session session, TupleDirection direction)
    {
        bool original = direction == TupleDirection.Original;
        switch (session.State)
        {
            case TcpState.SynSent:
                return original ? TcpState.SynSent : TcpState.SynSent2;
            case TcpState.TimeWait or TcpState.Close:
                // A new connection between the same ends. Whoever could have opened the old one may; and the inside
                // always. The outside must not turn the inside's old connection into one of its own.
                if (!original && session.IngressOf(direction) == Realm.External)
                {
                    return null;
                }

                session.Flags &= ~(SessionFlags.SeenReply | SessionFlags.Assured
                    | SessionFlags.OriginalFin | SessionFlags.ReplyFin);
                if (session.Has(SessionFlags.Ruled))
                {
                    session.Flags |= SessionFlags.AskOriginal | SessionFlags.AskReply;
                }

                return original ? TcpState.SynSent : TcpState.SynSent2;
            default:
                return session.State;
        }
    }

    private static TcpState? OnSynAck(TcpState state, TupleDirection direction) => state switch
    {
        TcpState.SynSent => direction == TupleDirection.Reply ? TcpState.SynReceived : null,
        TcpState.SynSent2 => TcpState.SynReceived,
        _ => state,
    };

    private static TcpState? OnFin(ref Session session, TupleDirection direction)
    {
        switch (session.State)
        {
            case TcpState.SynSent or TcpState.SynSent2:
                return null;
            case TcpState.TimeWait or TcpState.Close:
                return session.State;
            default:
                session.Flags |= direction == TupleDirection.Original
                    ? SessionFlags.OriginalFin
                    : SessionFlags.ReplyFin;
                return session.Has(SessionFlags.OriginalFin | SessionFlags.ReplyFin)
                    ? TcpState.LastAck
                    : TcpState.FinWait;
        }
    }

    private static TcpState? OnAck(ref Session session, TupleDirection direction, bool closes)
    {
        bool original = direction == TupleDirection.Original;
        return session.State switch
        {
            // An end that has sent nothing but SYN acknowledges nothing. One that was sent a SYN and thinks the
            // connection open answers so (RFC 9293 section 3.10.7.4), and the opener will reset it.
            TcpState.SynSent => original ? null : TcpState.SynSent,
            TcpState.SynReceived => original ? TcpState.Established : TcpState.SynReceived,
            TcpState.FinWait => session.Has(original ? SessionFlags.ReplyFin : SessionFlags.OriginalFin)
                ? TcpState.CloseWait
                : TcpState.FinWait,
            TcpState.LastAck => closes ? TcpState.TimeWait : TcpState.LastAck,
            _ => session.State,
        };
    }
}
