using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Threading;
using NatEngine.Benchmarks.Packets;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Packets.Headers;

namespace NatEngine.Benchmarks.Pipeline;

/// <summary>The external link: counts what it is given and keeps the last frame. All it says itself is where its router
/// is, when it is asked.</summary>
internal sealed class ServersDevice : IPacketDevice
{
    /// <summary>The router that everything is sent to.</summary>
    internal static readonly IPv4Address Router = IPv4Address.Parse("203.0.113.254");

    /// <summary>The gateway's port on this link.</summary>
    internal static readonly MacAddress Gateway = new(0x02_00_00_00_00_02);

    private static readonly MacAddress RouterStation = new(0x02_00_00_00_02_FE);

    private readonly MemoryDevice _ring = new("servers");
    private readonly byte[] _lastFrame = new byte[SampleFrames.UdpLength];
    private long _transmitted;

    public string Name => "servers";

    public SafeHandle PollHandle => _ring.PollHandle;

    /// <summary>How many datagrams came through. May be read by any thread.</summary>
    internal long Transmitted => Volatile.Read(ref _transmitted);

    public int Receive(Span<Frame> frames) => _ring.Receive(frames);

    public void Release(ReadOnlySpan<Frame> frames) => _ring.Release(frames);

    public int Transmit(ReadOnlySpan<Frame> frames)
    {
        int datagrams = 0;
        foreach (Frame frame in frames)
        {
            ReadOnlySpan<byte> type = frame.Octets[(2 * MacAddress.Length)..EthernetHeader.Length];
            if (BinaryPrimitives.ReadUInt16BigEndian(type) == (ushort)EtherType.Arp)
            {
                Answer(frame.Octets);
            }
            else
            {
                datagrams++;
            }
        }

        if (datagrams == frames.Length)
        {
            frames[^1].Octets[.._lastFrame.Length].CopyTo(_lastFrame);
        }

        Volatile.Write(ref _transmitted, _transmitted + datagrams);
        return frames.Length;
    }

    /// <summary>Throws if the last datagram was not translated, its checksums included.</summary>
    internal void Check() => RequireTranslated(_lastFrame, isPartial: false);

    /// <summary>Throws if a frame is not a datagram from one of the external addresses to the server, by way of the
    /// router, its checksums right.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="isPartial">Whether the transport checksum has only its pseudo-header's sum.</param>
    internal static void RequireTranslated(Span<byte> frame, bool isPartial)
    {
        DropReason reason = PacketParser.Parse(frame, out PacketFacts facts);
        Span<byte> datagram = frame[facts.TransportOffset..];
        ushort pseudoHeader = InternetChecksum.PseudoHeaderSum(
            facts.Source, facts.Destination, IpProtocol.Udp, (ushort)datagram.Length);
        bool isRight = isPartial
            ? BinaryPrimitives.ReadUInt16BigEndian(datagram[UdpHeader.ChecksumOffset..]) == pseudoHeader
            : InternetChecksum.Compute(datagram, pseudoHeader) == 0;
        bool isTranslated = new IPv4Prefix(Router, 24).Contains(facts.Source)
            && facts.Tuple.Destination == SampleFrames.Server
            && MacAddress.Read(frame) == RouterStation;
        if (reason != DropReason.None || !isTranslated || !isRight)
        {
            throw new InvalidOperationException(
                $"A frame is {facts.Tuple}, {reason}; its checksum is {(isRight ? "right" : "wrong")}.");
        }
    }

    public DeviceStatistics ReadStatistics() => _ring.ReadStatistics();

    public void Dispose() => _ring.Dispose();

    private void Answer(Span<byte> frame)
    {
        if (!ArpPacket.TryParse(frame[EthernetHeader.Length..], out ArpPacket question)
            || question.Operation != ArpOperation.Request
            || question.TargetAddress != Router)
        {
            return;
        }

        Span<byte> answer = stackalloc byte[EthernetHeader.Length + ArpPacket.Length];
        EthernetHeader.Write(answer, question.SenderHardware, RouterStation, EtherType.Arp);
        ArpPacket arp = ArpPacket.Create(answer[EthernetHeader.Length..], ArpOperation.Reply);
        arp.SenderHardware = RouterStation;
        arp.SenderAddress = Router;
        arp.TargetHardware = question.SenderHardware;
        arp.TargetAddress = question.SenderAddress;
        _ring.Inject(answer);
    }
}
