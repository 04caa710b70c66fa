using System;
using System.Runtime.InteropServices;
using System.Threading;
using NatEngine.Benchmarks.Packets;
using NatEngine.Benchmarks.Translation;
using NatEngine.Devices;
using NatEngine.Packets.Headers;

namespace NatEngine.Benchmarks.Pipeline;

/// <summary>The internal link: datagrams of the sessions, in an order that repeats, as fast as slots are
/// free.</summary>
/// <remarks>Writing the headers of one into its slot is what the kernel would do, and is part of what is measured. The
/// rest of a long frame is in its slot from the start: nobody here looks at it.</remarks>
internal sealed class ClientsDevice : IPacketDevice
{
    private const int Slots = 512;
    private const int Stride = 64;
    private const int MaxOrdinaryFrame = EthernetHeader.Length + 1500;
    private const ushort HeadersLength = EthernetHeader.Length + IPv4Header.MinLength + UdpHeader.Length;

    // VIRTIO_NET_HDR_GSO_UDP_L4 of linux/virtio_net.h.
    private const byte UdpSegments = 5;

    private readonly int _written;
    private readonly VirtioNetHeader _header;
    private readonly byte[] _datagrams;
    private readonly FramePool _pool = new(Slots);
    private readonly Frame[] _slots = new Frame[Slots];

    // Its handle is always readable, as this device always is.
    private readonly MemoryDevice _readable = MemoryDevice.Repeating("readable", new byte[SampleFrames.UdpLength]);
    private long _received;
    private long _released;
    private int _next;

    /// <summary>A link with one datagram of every session in turn, in random order, each of the least length.</summary>
    internal ClientsDevice(int sessions)
        : this(Traffic.Order(sessions, Arrivals.Uniform), SampleFrames.UdpLength)
    {
    }

    /// <summary>A link with datagrams of the sessions that <paramref name="order"/> says, again and again.</summary>
    /// <param name="order">The numbers of the sessions.</param>
    /// <param name="frameLength">Octets of each frame. A frame beyond an ordinary link's is a super-frame, as the
    /// kernel hands them out: its checksum is partial.</param>
    internal ClientsDevice(int[] order, int frameLength)
    {
        _header = HeaderOf(frameLength);
        _written = Math.Min(frameLength, Stride);
        _datagrams = new byte[(long)order.Length * Stride];
        for (int index = 0; index < order.Length; index++)
        {
            SampleFrames.WriteUdp(
                _datagrams.AsSpan(index * Stride, Math.Min(frameLength, Stride)),
                Traffic.Client(order[index]),
                SampleFrames.Server,
                frameLength,
                _header.Flags != 0);
        }

        for (int slot = 0; slot < Slots; slot++)
        {
            _ = _pool.TryRent(frameLength, out _slots[slot]);
        }
    }

    public string Name => "clients";

    public SafeHandle PollHandle => _readable.PollHandle;

    public int Receive(Span<Frame> frames)
    {
        int free = Slots - (int)(_received - Volatile.Read(ref _released));
        int count = Math.Min(free, frames.Length);
        for (int index = 0; index < count; index++)
        {
            Frame frame = _slots[(int)((_received + index) % Slots)];
            frame.Header = _header;
            _datagrams.AsSpan(_next, _written).CopyTo(frame.Octets);
            _next = _next + Stride == _datagrams.Length ? 0 : _next + Stride;
            frames[index] = frame;
        }

        _received += count;
        return count;
    }

    public void Release(ReadOnlySpan<Frame> frames) => Volatile.Write(ref _released, _released + frames.Length);

    public int Transmit(ReadOnlySpan<Frame> frames) => frames.Length;

    public DeviceStatistics ReadStatistics() => default;

    public void Dispose()
    {
        _readable.Dispose();
        _pool.Dispose();
    }

    private static VirtioNetHeader HeaderOf(int frameLength) => frameLength <= MaxOrdinaryFrame
        ? default
        : new VirtioNetHeader
        {
            Flags = VirtioNetHeader.NeedsChecksum,
            GsoType = UdpSegments,
            HeaderLength = HeadersLength,
            GsoSize = MaxOrdinaryFrame - HeadersLength,
            ChecksumStart = HeadersLength - UdpHeader.Length,
            ChecksumOffset = UdpHeader.ChecksumOffset,
        };
}
