using System;
using System.Runtime.InteropServices;
using System.Threading;
using NatEngine.Benchmarks.Packets;
using NatEngine.Benchmarks.Translation;
using NatEngine.Devices;

namespace NatEngine.Benchmarks.Pipeline;

/// <summary>The internal link: one datagram of every session in turn, in random order, as fast as slots are free.
/// Writing one into its slot is what the kernel would do, and is part of what is measured.</summary>
internal sealed class ClientsDevice : IPacketDevice
{
    private const int Slots = 512;
    private const int Stride = 64;

    private readonly byte[] _datagrams;
    private readonly FramePool _pool = new(Slots);
    private readonly Frame[] _slots = new Frame[Slots];

    // Its handle is always readable, as this device always is.
    private readonly MemoryDevice _readable = MemoryDevice.Repeating("readable", new byte[SampleFrames.UdpLength]);
    private long _received;
    private long _released;
    private int _next;

    internal ClientsDevice(int sessions)
    {
        _datagrams = new byte[sessions * Stride];
        int[] order = new int[sessions];
        for (int session = 0; session < sessions; session++)
        {
            order[session] = session;
        }

        new Random(3).Shuffle(order);
        for (int index = 0; index < sessions; index++)
        {
            Span<byte> frame = _datagrams.AsSpan(index * Stride, SampleFrames.UdpLength);
            SampleFrames.WriteUdp(frame, Traffic.Client(order[index]), SampleFrames.Server);
        }

        for (int slot = 0; slot < Slots; slot++)
        {
            _ = _pool.TryRent(SampleFrames.UdpLength, out _slots[slot]);
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
            frame.Header = default;
            _datagrams.AsSpan(_next, SampleFrames.UdpLength).CopyTo(frame.Octets);
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
}
