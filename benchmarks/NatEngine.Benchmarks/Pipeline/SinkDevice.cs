using System;
using System.Runtime.InteropServices;
using System.Threading;
using NatEngine.Devices;

namespace NatEngine.Benchmarks.Pipeline;

/// <summary>A device that receives what another does, and takes every frame without looking at it.</summary>
internal sealed class SinkDevice(IPacketDevice inner) : IPacketDevice
{
    private long _transmitted;

    /// <summary>How many frames were taken.</summary>
    public long Transmitted => Volatile.Read(ref _transmitted);

    public string Name => inner.Name;

    public SafeHandle PollHandle => inner.PollHandle;

    public int Receive(Span<Frame> frames) => inner.Receive(frames);

    public void Release(ReadOnlySpan<Frame> frames) => inner.Release(frames);

    public int Transmit(ReadOnlySpan<Frame> frames)
    {
        Volatile.Write(ref _transmitted, _transmitted + frames.Length);
        return frames.Length;
    }

    public DeviceStatistics ReadStatistics() => inner.ReadStatistics();

    public void Dispose() => inner.Dispose();
}
