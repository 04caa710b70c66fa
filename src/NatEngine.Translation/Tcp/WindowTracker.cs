using System;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation.Tcp;

/// <summary>Knows where in the sequence space each connection is, and which segments can be of it: the model of
/// nf_conntrack's <c>tcp_in_window</c> (Guido van Rooij, Real Stateful TCP Packet Filtering in IP Filter).</summary>
/// <remarks>
/// <para>A segment is where it should be if it does not go over what the receiver takes, nor acknowledges what the
/// receiver has not sent. One that is behind both passes and changes nothing: the acknowledgment that would have kept
/// it from being sent may be lost beyond us.</para>
/// <para>Selective acknowledgments are not read. The highest number of one only matters to the kernel's lower bound of
/// acknowledgments, which is a whole window below what was sent.</para>
/// </remarks>
internal sealed class WindowTracker(TcpWindowTracking tracking, uint capacity) : IDisposable
{
    /// <summary>An acknowledgment may be as late as that at least, however small the window (MAXACKWINCONST).</summary>
    private const uint LatestAcknowledgment = 66_000;

    private readonly NativeArray<TcpWindows> _windows = new(capacity + 1);
    private readonly bool _strict = tracking == TcpWindowTracking.Strict;

    /// <summary>Begins with a session's first segment.</summary>
    public void Open(in Session session, uint place, in PacketFacts packet)
    {
        bool isSyn = (packet.TcpFlags & TcpTracker.Control) == TcpFlags.Syn;
        _windows[place] = new TcpWindows
        {
            // Of a host that talks to itself both ends are one: their numbers cannot be told apart.
            IsMidStream = !isSyn || session.Tuples[0] == session.Tuples[1],
        };
        Follow(TcpState.None, place, TupleDirection.Original, packet);
    }

    /// <summary>Says where a segment is. Changes nothing.</summary>
    public WindowVerdict Judge(in Session session, uint place, TupleDirection direction, in PacketFacts packet)
    {
        ref TcpWindows windows = ref _windows[place];
        ref TcpEnd sender = ref windows.Ends[(int)direction];
        ref TcpEnd receiver = ref windows.Ends[1 - (int)direction];
        bool isOpening = session.State is TcpState.SynSent or TcpState.SynSent2 or TcpState.SynReceived;
        switch (packet.TcpFlags & TcpTracker.Control)
        {
            // RFC 5961 section 4: an end answers a SYN within a connection by saying where it is. Let them talk.
            case TcpFlags.Syn:
                return isOpening && session.State != TcpState.SynReceived
                    || session.State is TcpState.TimeWait or TcpState.Close
                        ? WindowVerdict.InWindow
                        : WindowVerdict.Aside;
            case TcpFlags.Syn | TcpFlags.Ack when !isOpening:
                return WindowVerdict.Aside;
            case TcpFlags.Syn | TcpFlags.Ack:
                bool answers = receiver.Window == 0 || AnswersSyn(sender, receiver, packet.TcpAcknowledgment);
                return answers ? WindowVerdict.InWindow : _strict ? WindowVerdict.OutOfWindow : WindowVerdict.Aside;
            case TcpFlags.Rst or (TcpFlags.Rst | TcpFlags.Ack):
                return isOpening
                    ? JudgeResetOfOpening(sender, receiver, packet)
                    : JudgeReset(session.State, windows.IsMidStream, sender, receiver, packet.TcpSequence);

            // The other end takes the SYN for one within an old connection: the opener is going to reset that.
            case TcpFlags.Ack when session.State == TcpState.SynSent && direction == TupleDirection.Reply:
                return WindowVerdict.Aside;
            case TcpFlags.Ack or (TcpFlags.Fin | TcpFlags.Ack):
                return windows.IsMidStream || sender.Window == 0 || receiver.Window == 0
                    ? WindowVerdict.InWindow
                    : JudgeSegment(sender, receiver, packet);
            default:
                return WindowVerdict.InWindow; // nothing that its state allows
        }
    }

    /// <summary>True if with <paramref name="packet"/> all that both ends have sent is acknowledged.</summary>
    public bool AcknowledgesAll(uint place, TupleDirection direction, in PacketFacts packet)
    {
        ref TcpWindows windows = ref _windows[place];
        ref TcpEnd sender = ref windows.Ends[(int)direction];
        ref TcpEnd receiver = ref windows.Ends[1 - (int)direction];
        return windows.IsMidStream
            || (packet.TcpAcknowledgment == receiver.Sent && receiver.Acknowledged == sender.Sent);
    }

    /// <summary>Moves the windows of a connection along with a segment that is in them.</summary>
    /// <param name="before">The state before the segment.</param>
    /// <param name="place">The session's place.</param>
    /// <param name="direction">The segment's direction.</param>
    /// <param name="packet">The segment.</param>
    public void Follow(TcpState before, uint place, TupleDirection direction, in PacketFacts packet)
    {
        ref TcpWindows windows = ref _windows[place];
        ref TcpEnd sender = ref windows.Ends[(int)direction];
        ref TcpEnd receiver = ref windows.Ends[1 - (int)direction];
        TcpFlags flags = packet.TcpFlags;
        if ((flags & TcpFlags.Rst) != 0)
        {
            return;
        }

        uint end = EndOf(packet);
        if ((flags & TcpFlags.Syn) == 0)
        {
            Advance(ref sender, ref receiver, packet, end, (uint)packet.TcpWindow << sender.Scale);
            return;
        }

        if ((flags & TcpFlags.Ack) == 0)
        {
            if (before is TcpState.TimeWait or TcpState.Close)
            {
                windows = default;
            }

            sender = TcpEnd.Opening(packet, end);
            return;
        }

        Answer(ref windows, ref sender, ref receiver, packet, end);
    }

    /// <inheritdoc/>
    public void Dispose() => _windows.Dispose();

    private static void Answer(
        ref TcpWindows windows, ref TcpEnd sender, ref TcpEnd receiver, in PacketFacts packet, uint end)
    {
        if (sender.Window == 0 || sender.Sent != end)
        {
            sender = TcpEnd.Opening(packet, end);
            sender.Limit += receiver.Window;
        }

        // RFC 7323 section 2.2: windows are scaled if both offer it.
        if (!sender.OffersScale || !receiver.OffersScale)
        {
            sender.Scale = 0;
            receiver.Scale = 0;
        }

        windows.IsMidStream |= receiver.Window == 0;
        Advance(ref sender, ref receiver, packet, end, packet.TcpWindow);
    }

    private static void Advance(
        ref TcpEnd sender, ref TcpEnd receiver, in PacketFacts packet, uint end, uint window)
    {
        uint acknowledgment = packet.TcpAcknowledgment;
        Acquaint(ref sender, ref receiver, acknowledgment, end, window);
        sender.Acknowledge(acknowledgment);
        sender.Window = Math.Max(sender.Window, Math.Max(window, 1));
        if (SequenceNumber.IsAfter(end, sender.Sent))
        {
            sender.Sent = end;
        }

        // More than the receiver offered, and still begun within it.
        if (receiver.Window != 0 && SequenceNumber.IsAfter(end, sender.Limit))
        {
            receiver.Window += end - sender.Limit;
        }

        // A closed window is probed with one octet (RFC 9293 section 3.8.6.1).
        if (!SequenceNumber.IsBefore(acknowledgment + window, receiver.Limit))
        {
            receiver.Limit = acknowledgment + Math.Max(window, 1);
        }

        // A fragment does not say how long its segment is; no longer than the receiver takes.
        if (packet.IsFragment && SequenceNumber.IsAfter(sender.Limit, sender.Sent))
        {
            sender.Sent = sender.Limit;
        }
    }

    // Of an end that has not been heard yet, what can be told from this segment.
    private static void Acquaint(
        ref TcpEnd sender, ref TcpEnd receiver, uint acknowledgment, uint end, uint window)
    {
        if (sender.Window == 0)
        {
            sender.Sent = end;
            sender.Limit = end + Math.Max(window, 1);
        }

        if (receiver.Window == 0)
        {
            receiver.Sent = acknowledgment;
            receiver.Limit = acknowledgment;
        }
    }

    private static uint EndOf(in PacketFacts packet)
        => packet.TcpSequence + packet.TcpPayloadLength
            + ((packet.TcpFlags & TcpFlags.Syn) != 0 ? 1U : 0)
            + ((packet.TcpFlags & TcpFlags.Fin) != 0 ? 1U : 0);

    // Data sent with the SYN (RFC 7413) need not be acknowledged with it.
    private static bool AnswersSyn(in TcpEnd sender, in TcpEnd receiver, uint acknowledgment)
        => sender.HasAcknowledged
            ? acknowledgment == sender.Acknowledged
            : !SequenceNumber.IsBefore(acknowledgment, receiver.Limit)
                && !SequenceNumber.IsAfter(acknowledgment, receiver.Sent);

    // RFC 9293 section 3.10.7.3: an opener believes what acknowledges its SYN. A reset in answer to a challenge carries
    // the number of an old connection, and is none of this one's.
    private static WindowVerdict JudgeResetOfOpening(in TcpEnd sender, in TcpEnd receiver, in PacketFacts packet)
    {
        bool refuses = (packet.TcpFlags & TcpFlags.Ack) != 0
            && receiver.Window != 0
            && AnswersSyn(sender, receiver, packet.TcpAcknowledgment);
        return refuses || IsNext(sender, receiver, packet.TcpSequence) ? WindowVerdict.InWindow : WindowVerdict.Aside;
    }

    private static WindowVerdict JudgeReset(
        TcpState state, bool isMidStream, in TcpEnd sender, in TcpEnd receiver, uint sequence)
    {
        // An end that is gone resets whatever comes late, with numbers of its choice (RFC 9293 section 3.5.2).
        if (state is TcpState.LastAck or TcpState.TimeWait or TcpState.Close || !receiver.HasAcknowledged)
        {
            return WindowVerdict.InWindow;
        }

        if (SequenceNumber.IsBefore(sequence, receiver.Acknowledged)
            || (!isMidStream && SequenceNumber.IsAfter(sequence, sender.Limit)))
        {
            return WindowVerdict.OutOfWindow;
        }

        // RFC 5961 section 3.2: only the very next number resets; another one within the window makes the receiver ask
        // whether it is meant. After a FIN the end may be gone already, and nobody left to answer.
        return IsNext(sender, receiver, sequence) || state != TcpState.Established
            ? WindowVerdict.InWindow
            : WindowVerdict.Aside;
    }

    // What the receiver waits for; or, with the acknowledgment still on its way, what follows all that was sent.
    private static bool IsNext(in TcpEnd sender, in TcpEnd receiver, uint sequence)
        => (receiver.HasAcknowledged && sequence == receiver.Acknowledged)
            || (sender.Window != 0 && sequence == sender.Sent);

    private WindowVerdict JudgeSegment(in TcpEnd sender, in TcpEnd receiver, in PacketFacts packet)
    {
        uint acknowledgment = packet.TcpAcknowledgment;
        if (SequenceNumber.IsAfter(packet.TcpSequence, sender.Limit)
            || SequenceNumber.IsAfter(acknowledgment, receiver.Sent))
        {
            return _strict ? WindowVerdict.OutOfWindow : WindowVerdict.Tolerated;
        }

        bool isOld = SequenceNumber.IsBefore(EndOf(packet), sender.Sent - receiver.Window)
            || SequenceNumber.IsBefore(
                acknowledgment, receiver.Sent - Math.Max(sender.Window, LatestAcknowledgment));
        return isOld ? WindowVerdict.Aside : WindowVerdict.InWindow;
    }
}
