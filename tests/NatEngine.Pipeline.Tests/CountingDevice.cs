using System;
using System.Runtime.InteropServices;
using System.Threading;
using NatEngine.Devices;

namespace NatEngine.Pipeline.Tests;

/// <summary>A device that counts how often it is asked for frames.</summary>
internal sealed class CountingDevice(IPacketDevice inner) : IPacketDevice
{
    private long _receives;

    public long Receives => Volatile.Read(ref _receives);

    public string Name => inner.Name;

    public SafeHandle PollHandle => inner.PollHandle;

    public int Receive(Span<Frame> frames)
    {
        Interlocked.Increment(ref _receives);
        return inner.Receive(frames);
    }

    public void Release(ReadOnlySpan<Frame> frames) => inner.Release(frames);

    public int Transmit(ReadOnlySpan<Frame> frames) => inner.Transmit(frames);

    public DeviceStatistics ReadStatistics() => inner.ReadStatistics();

    public void Dispose()
    {
    }
}
