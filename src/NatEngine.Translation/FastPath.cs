using System.Runtime.CompilerServices;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation.Tables;
using NatEngine.Translation.Tcp;
using NatEngine.Translation.Timing;

namespace NatEngine.Translation;

/// <summary>What a packet does to the session that it belongs to.</summary>
internal sealed class FastPath(
    SessionTable sessions, Timeouts timeouts, bool inboundRefresh, WindowTracker? windows)
{
    /// <summary>Brings a session up to date with one of its packets.</summary>
    /// <param name="session">The session.</param>
    /// <param name="place">Its place.</param>
    /// <param name="direction">The direction of the packet.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="ingress">Where it came in.</param>
    /// <param name="now">The present.</param>
    /// <returns><see cref="DropReason.None"/>, or why the packet is to be dropped, in which case the session is as it
    /// was.</returns>
    public DropReason Follow(
        ref Session session, uint place, TupleDirection direction, in PacketFacts packet, Realm ingress, uint now)
    {
        if (session.IngressOf(direction) != ingress)
        {
            return DropReason.Filtered;
        }

        if (!Counts(packet.Kind))
        {
            return RefusalOfUncounted(packet.Kind);
        }

        bool refreshes = ingress == Realm.Internal || inboundRefresh;
        if (windows is not null && packet.Kind == PacketKind.Tcp)
        {
            return FollowMeasured(windows, ref session, place, direction, packet, refreshes, now);
        }

        bool isPlain = packet.Kind != PacketKind.Tcp || (packet.TcpFlags & TcpTracker.Control) == TcpFlags.Ack;
        if (isPlain && session.Has(SessionFlags.Settled))
        {
            if (refreshes)
            {
                session.Deadline = now + timeouts[session.Timer];
            }
        }
        else if (TryAdvance(ref session, direction, packet, closes: true))
        {
            Prolong(ref session, place, packet, refreshes, now);
        }
        else
        {
            return DropReason.InvalidTcpState;
        }

        Count(ref session, place, direction, packet.NetworkLength);
        return DropReason.None;
    }

    /// <summary>What <see cref="Follow"/> would say of a packet, for somebody who only wants to know.</summary>
    /// <param name="session">A copy of the session, which is brought up to date as far as rules ask for it.</param>
    /// <param name="place">The session's place.</param>
    /// <param name="direction">The direction of the packet.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="ingress">Where it came in.</param>
    /// <param name="isReal">True if the packet's sequence numbers are somebody's, so that windows can be asked.</param>
    public DropReason Foretell(
        ref Session session, uint place, TupleDirection direction, in PacketFacts packet, Realm ingress, bool isReal)
    {
        if (session.IngressOf(direction) != ingress)
        {
            return DropReason.Filtered;
        }

        if (!Counts(packet.Kind))
        {
            return RefusalOfUncounted(packet.Kind);
        }

        if (windows is not null && packet.Kind == PacketKind.Tcp && isReal)
        {
            DropReason refusal = Advance(windows, ref session, place, direction, packet, out _);
            if (refusal != DropReason.None)
            {
                return refusal;
            }
        }
        else if (!TryAdvance(ref session, direction, packet, closes: true))
        {
            return DropReason.InvalidTcpState;
        }

        session.PacketsLow[(int)direction]++;
        return DropReason.None;
    }

    // RFC 5508 REQ-6, RFC 5382 REQ-10: an error neither refreshes nor ends anything. A later fragment has no ports, and
    // the session that it seems to fit is not its own.
    private static bool Counts(PacketKind kind) => kind is <= PacketKind.IcmpQuery or PacketKind.OtherProtocol;

    private static DropReason RefusalOfUncounted(PacketKind kind)
        => kind == PacketKind.IcmpError ? DropReason.None : DropReason.Fragment;

    // Apart, so that whoever does not track windows pays one comparison for those who do.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private DropReason FollowMeasured(
        WindowTracker tracker, ref Session session, uint place, TupleDirection direction, in PacketFacts packet,
        bool refreshes, uint now)
    {
        TcpState before = session.State;
        DropReason refusal = Advance(tracker, ref session, place, direction, packet, out WindowVerdict where);
        if (refusal != DropReason.None)
        {
            return refusal;
        }

        if (where != WindowVerdict.Aside)
        {
            Prolong(ref session, place, packet, refreshes, now);
            if (where == WindowVerdict.InWindow)
            {
                tracker.Follow(before, place, direction, packet);
            }
        }

        Count(ref session, place, direction, packet.NetworkLength);
        return DropReason.None;
    }

    // What a segment makes of its session, the windows and the timer apart.
    private static DropReason Advance(
        WindowTracker tracker, ref Session session, uint place, TupleDirection direction, in PacketFacts packet,
        out WindowVerdict where)
    {
        where = tracker.Judge(session, place, direction, packet);
        if (where is WindowVerdict.OutOfWindow or WindowVerdict.Aside)
        {
            return where == WindowVerdict.OutOfWindow ? DropReason.OutOfWindow : DropReason.None;
        }

        bool closes = tracker.AcknowledgesAll(place, direction, packet);
        return TryAdvance(ref session, direction, packet, closes) ? DropReason.None : DropReason.InvalidTcpState;
    }

    private static bool TryAdvance(ref Session session, TupleDirection direction, in PacketFacts packet, bool closes)
    {
        if (packet.Kind == PacketKind.Tcp)
        {
            return TcpTracker.TryAdvance(ref session, direction, packet.TcpFlags, closes);
        }

        AdvanceWithoutConnection(ref session, direction);
        return true;
    }

    private void Prolong(ref Session session, uint place, in PacketFacts packet, bool refreshes, uint now)
    {
        // RFC 7857 section 6: what ends a connection must not prolong its mapping.
        refreshes &= packet.Kind != PacketKind.Tcp || (packet.TcpFlags & TcpFlags.Rst) == 0;
        session.Timer = timeouts.Specific(session.Timer, session);
        uint deadline = now + timeouts[session.Timer];
        if ((int)(deadline - session.Deadline) < 0)
        {
            sessions.Hasten(place, deadline);
        }
        else if (refreshes)
        {
            session.Deadline = deadline;
        }
    }

    private static void AdvanceWithoutConnection(ref Session session, TupleDirection direction)
    {
        bool isUdp = session.Protocol == IpProtocol.Udp;
        if (direction == TupleDirection.Reply)
        {
            session.Flags |= SessionFlags.SeenReply;
            session.Timer = isUdp ? TimerKind.Udp : session.Timer;
        }
        else if (isUdp && session.Has(SessionFlags.SeenReply))
        {
            session.Flags |= SessionFlags.Assured | SessionFlags.Settled;
        }
    }

    /// <summary>Counts a packet.</summary>
    public void Count(ref Session session, uint place, TupleDirection direction, ushort octets)
    {
        ref uint packetsLow = ref session.PacketsLow[(int)direction];
        ref uint octetsLow = ref session.OctetsLow[(int)direction];
        packetsLow++;
        octetsLow += octets;
        if (packetsLow == 0)
        {
            sessions.Cold(place).PacketsHigh[(int)direction]++;
        }

        if (octetsLow < octets)
        {
            sessions.Cold(place).OctetsHigh[(int)direction]++;
        }
    }
}
