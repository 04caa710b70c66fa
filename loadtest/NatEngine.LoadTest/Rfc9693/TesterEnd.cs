using System;
using System.Diagnostics;
using NatEngine.Devices;
using NatEngine.LoadTest.Flood;
using NatEngine.Packets;
using NatEngine.Packets.Headers;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>One end of the tester: a device, the streams that it sends, and the counting of those that it receives.
/// </summary>
/// <remarks>One thread. It never sleeps and, once begun, allocates nothing: it sends what is due, takes what arrived,
/// and returns.</remarks>
internal sealed class TesterEnd : IDisposable
{
    private const int BatchSize = 64;
    private const int Kinds = (int)FrameKind.Stranger + 1;

    private readonly IPacketDevice _device;
    private readonly IEndRole _role;
    private readonly FlowSpace _space;
    private readonly Frame[] _arrived = new Frame[BatchSize];
    private readonly FramePool _answerPool = new(BatchSize);
    private readonly Frame[] _answers = new Frame[BatchSize];
    private readonly FrameStream?[] _expected = new FrameStream?[Kinds];
    private FrameStream[] _sends = [];
    private byte _trial;
    private int _answerCount;

    /// <summary>Makes an end.</summary>
    /// <param name="device">The device, which the caller keeps.</param>
    /// <param name="role">Which end it is.</param>
    /// <param name="space">The connections.</param>
    public TesterEnd(IPacketDevice device, IEndRole role, FlowSpace space)
    {
        _device = device;
        _role = role;
        _space = space;
        foreach (ref Frame answer in _answers.AsSpan())
        {
            if (!_answerPool.TryRent(FloodPlan.ShortestFrame, out answer))
            {
                throw new InvalidOperationException("A pool of a batch's size holds a batch.");
            }
        }
    }

    /// <summary>How the inside was refused.</summary>
    public RefusalCounter Refusals { get; } = new();

    /// <summary>Frames with the tester's mark, but of an earlier trial, or of no stream of this one.</summary>
    public long Strays { get; private set; }

    /// <summary>Frames whose checksum was wrong.</summary>
    public long Corrupt { get; private set; }

    /// <summary>Tells TCP connections from those that had the same ends before the system was made to forget them.
    /// </summary>
    public byte Epoch { get; set; }

    /// <summary>Whether everything was offered.</summary>
    public bool IsSent { get; private set; }

    /// <summary>Begins a phase.</summary>
    /// <param name="trial">What its frames are marked with.</param>
    /// <param name="sends">The streams that this end sends.</param>
    /// <param name="receives">The streams that the other end sends.</param>
    public void Begin(byte trial, FrameStream[] sends, FrameStream[] receives)
    {
        _trial = trial;
        _sends = sends;
        Strays = 0;
        Corrupt = 0;
        IsSent = sends.Length == 0;
        Refusals.Clear();
        Array.Clear(_expected);
        foreach (FrameStream stream in receives)
        {
            _expected[(int)stream.Plan.Kind] = stream;
        }
    }

    /// <summary>Sends what is due and takes what arrived.</summary>
    /// <param name="start">When the phase began.</param>
    /// <returns>How many frames were taken.</returns>
    public int Step(long start)
    {
        bool sent = true;
        foreach (FrameStream stream in _sends)
        {
            Send(stream, start);
            sent &= stream.IsSent;
        }

        IsSent = sent;
        return Receive();
    }

    /// <summary>Throws away whatever waits.</summary>
    public void Drain()
    {
        int count;
        while ((count = _device.Receive(_arrived)) > 0)
        {
            _device.Release(_arrived.AsSpan(0, count));
        }
    }

    /// <summary>What the device counted so far.</summary>
    public DeviceStatistics ReadStatistics() => _device.ReadStatistics();

    /// <inheritdoc/>
    public void Dispose() => _answerPool.Dispose();

    private void Send(FrameStream stream, long start)
    {
        long now = Stopwatch.GetTimestamp();
        ReadOnlySpan<Frame> due = stream.IsSent ? default : stream.TakeDue(now - start);
        if (due.IsEmpty)
        {
            return;
        }

        uint sequence = (uint)stream.Offered;
        foreach (Frame frame in due)
        {
            int flow = stream.NextFlow();
            FrameTag tag = new(_trial, stream.Plan.Kind, flow, sequence++, now);
            Write(stream, frame.Octets, tag);
        }

        int sent = _device.Transmit(due);
        stream.Count(due.Length, sent, Stopwatch.GetTimestamp() - start);
    }

    private void Write(FrameStream stream, Span<byte> frame, in FrameTag tag)
    {
        Addressing addressing = tag.Kind == FrameKind.Stranger
            ? _role.AddressingOfStranger(tag.Flow)
            : _role.AddressingOf(tag.Flow);
        switch (_space.Protocol)
        {
            case IpProtocol.Udp:
                FrameWriter.WriteUdp(frame, addressing, tag);
                break;
            case IpProtocol.Tcp when stream.IsOpening:
                FrameWriter.WriteControl(
                    frame, addressing, TcpFlags.Syn, SegmentTag.Of(Epoch, tag.Kind, tag.Flow), 0);
                break;
            case IpProtocol.Tcp:
                FrameWriter.WriteSegment(
                    frame, addressing, SegmentTag.Of(Epoch, FrameKind.Opening, tag.Flow), tag);
                break;
            default:
                FrameWriter.WriteEcho(
                    frame,
                    addressing,
                    _role.IsInitiator ? IcmpType.EchoRequest : IcmpType.EchoReply,
                    (_role.IsInitiator ? addressing.Source : addressing.Destination).Port,
                    tag);
                break;
        }
    }

    private int Receive()
    {
        int count = _device.Receive(_arrived);
        if (count == 0)
        {
            return 0;
        }

        long now = Stopwatch.GetTimestamp();
        ReadOnlySpan<Frame> arrived = _arrived.AsSpan(0, count);
        foreach (Frame frame in arrived)
        {
            Take(frame, now);
        }

        _device.Release(arrived);
        if (_answerCount != 0)
        {
            _device.Transmit(_answers.AsSpan(0, _answerCount));
            _answerCount = 0;
        }

        return count;
    }

    private void Take(in Frame frame, long now)
    {
        Span<byte> octets = frame.Octets;
        if (PacketParser.Parse(octets, out PacketFacts facts) != DropReason.None)
        {
            return; // Not the tester's, and nothing that the system passed on.
        }

        if (!TryReadTag(octets, facts, out FrameTag tag))
        {
            // What refuses a frame carries no tag of ours, or its tag in a copy.
            _ = _role.IsInitiator && Refusals.TryCount(facts);
            return;
        }

        if (!frame.HasPartialChecksum && !FrameChecksum.IsRight(octets, facts))
        {
            Corrupt++;
            return;
        }

        FrameStream? stream = StreamOf(tag, facts);
        if (stream is null || (uint)tag.Flow >= (uint)_space.Count)
        {
            Strays++;
            return;
        }

        if (!_role.IsRight(facts, tag))
        {
            stream.Arrivals.AddWrong();
            return;
        }

        if (EthernetHeader.TryParse(octets, out EthernetHeader header))
        {
            _role.Learn(header);
        }

        bool handshake = facts.Kind == PacketKind.Tcp && facts.TcpPayloadLength == 0;
        if (handshake
            && tag.Kind != FrameKind.Newcomer
            && _role.TryAnswer(facts, tag.Flow, _answers[_answerCount].Octets))
        {
            _answerCount++;
        }

        // The last step of a handshake tells the responder that the connection stands; it is no frame of a stream.
        if (!handshake || facts.TcpFlags == TcpFlags.Syn)
        {
            stream.Arrived(tag, now);
        }
    }

    // What the responder answers to a SYN belongs to the initiator's own stream.
    private FrameStream? StreamOf(in FrameTag tag, in PacketFacts facts)
    {
        if (_role.IsInitiator && facts.Kind == PacketKind.Tcp && facts.TcpPayloadLength == 0)
        {
            foreach (FrameStream stream in _sends)
            {
                if (stream.Plan.Kind == tag.Kind)
                {
                    return stream;
                }
            }
        }

        return tag.Trial == _trial && (uint)tag.Kind < Kinds ? _expected[(int)tag.Kind] : null;
    }

    // A segment without payload is known by its number: the opener's own, or one less than what it acknowledges.
    private bool TryReadTag(ReadOnlySpan<byte> octets, in PacketFacts facts, out FrameTag tag)
    {
        switch (facts.Kind)
        {
            case PacketKind.Udp or PacketKind.IcmpQuery:
                return FrameTag.TryRead(octets[(facts.TransportOffset + UdpHeader.Length)..], out tag);
            case PacketKind.Tcp when facts.TcpPayloadLength != 0:
                return FrameTag.TryRead(octets[(facts.TransportOffset + TcpHeader.MinLength)..], out tag);
            case PacketKind.Tcp when (facts.TcpFlags & TcpFlags.Rst) == 0:
                bool opens = facts.TcpFlags == TcpFlags.Syn;
                bool ours = SegmentTag.TryRead(
                    opens ? facts.TcpSequence : facts.TcpAcknowledgment - 1, Epoch, out tag);
                tag = tag with { Trial = _trial };
                return ours;
            default:
                tag = default;
                return false;
        }
    }
}
