using System;
using System.Runtime.InteropServices;
using System.Threading;
using NatEngine.Devices;

namespace NatEngine.Pipeline.Tests;

/// <summary>A device that takes frames only while its gate is open: until then, whoever transmits waits.</summary>
internal sealed class GatedDevice(IPacketDevice inner) : IPacketDevice
{
    public ManualResetEventSlim Gate { get; } = new(initialState: true);

    /// <summary>Thrown by the next <see cref="Transmit"/>, if there is one.</summary>
    public Exception? Failure { get; set; }

    public string Name => inner.Name;

    public SafeHandle PollHandle => inner.PollHandle;

    public int Receive(Span<Frame> frames) => inner.Receive(frames);

    public void Release(ReadOnlySpan<Frame> frames) => inner.Release(frames);

    public int Transmit(ReadOnlySpan<Frame> frames)
    {
        Assert.True(Gate.Wait(RunningGateway.Patience));
        return Failure is null ? inner.Transmit(frames) : throw Failure;
    }

    public DeviceStatistics ReadStatistics() => inner.ReadStatistics();

    public void Dispose() => Gate.Dispose();
}
