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

        if (packet.Kind > PacketKind.IcmpQuery && packet.Kind != PacketKind.OtherProtocol)
        {
            // RFC 5508 REQ-6, RFC 5382 REQ-10: an error neither refreshes nor ends anything. A later fragment has no
            // ports, and the session that it seems to fit is not its own.
            return packet.Kind == PacketKind.IcmpError ? DropReason.None : DropReason.Fragment;
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
        else if (!TryAdvance(ref session, place, direction, packet, refreshes, closes: true, now))
        {
            return DropReason.InvalidTcpState;
        }

        Count(ref session, place, direction, packet.NetworkLength);
        return DropReason.None;
    }

    // Apart, so that whoever does not track windows pays one comparison for those who do.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private DropReason FollowMeasured(
        WindowTracker tracker, ref Session session, uint place, TupleDirection direction, in PacketFacts packet,
        bool refreshes, uint now)
    {
        WindowVerdict where = tracker.Judge(session, place, direction, packet);
        if (where == WindowVerdict.OutOfWindow)
        {
            return DropReason.OutOfWindow;
        }

        if (where != WindowVerdict.Aside)
        {
            TcpState before = session.State;
            bool closes = tracker.AcknowledgesAll(place, direction, packet);
            if (!TryAdvance(ref session, place, direction, packet, refreshes, closes, now))
            {
                return DropReason.InvalidTcpState;
            }

            if (where == WindowVerdict.InWindow)
            {
                tracker.Follow(before, place, direction, packet);
            }
        }

        Count(ref session, place, direction, packet.NetworkLength);
        return DropReason.None;
    }

    private bool TryAdvance(
        ref Session session, uint place, TupleDirection direction, in PacketFacts packet, bool refreshes, bool closes,
        uint now)
    {
        if (packet.Kind == PacketKind.Tcp)
        {
            // RFC 7857 section 6: what ends a connection must not prolong its mapping.
            refreshes &= (packet.TcpFlags & TcpFlags.Rst) == 0;
            if (!TcpTracker.TryAdvance(ref session, direction, packet.TcpFlags, closes))
            {
                return false;
            }
        }
        else
        {
            AdvanceWithoutConnection(ref session, direction);
        }

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

        return true;
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
