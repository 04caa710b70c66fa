using System;
using System.Threading;
using NatEngine.Devices.Tests.Wire;

namespace NatEngine.Devices.Tests;

/// <summary>One thread receives, another looks at the frames, overwrites them and releases them, a third
/// sends.</summary>
public sealed class CrossThreadReleaseTests : IDisposable
{
    private const int Frames = 20_000;
    private const int HandOverMask = 0xFF;

    // The sender keeps fewer frames on the way than the ring has slots (151): then nothing may be lost.
    private const int OnTheWay = 140;
    private const int Burst = 50;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly VethPair _wire = new();
    private readonly Frame[] _handOver = new Frame[HandOverMask + 1];
    private int _received;
    private int _released;
    private int _damaged;

    [RootTheory]
    [InlineData(RingVersion.V2)]
    [InlineData(RingVersion.V3)]
    public void Frames_are_whole_until_another_thread_releases_them(RingVersion version)
    {
        using AfPacketDevice a = _wire.OpenA(VethPair.Options() with { Ring = version, SuperFrames = false });
        using AfPacketDevice b = _wire.OpenB();
        Thread receiver = new(() => ReceiveAll(a));
        Thread releaser = new(() => ReleaseAll(a));
        receiver.Start();
        releaser.Start();

        for (int sent = 0; sent < Frames; sent += Burst)
        {
            Assert.True(SpinWait.SpinUntil(() => sent + Burst - Volatile.Read(ref _released) <= OnTheWay, Patience));
            TestFrames.Send(b, sent, Burst);
        }

        Assert.True(releaser.Join(Patience));
        Assert.True(receiver.Join(Patience));
        Assert.Equal(0, _damaged);
        Assert.Equal(Frames, a.ReadStatistics().ReceivedFrames);
        Assert.Equal(0, a.ReadStatistics().RingDrops);
    }

    public void Dispose() => _wire.Dispose();

    private void ReceiveAll(AfPacketDevice device)
    {
        using FramePoller poller = new(device);
        while (_received < Frames && poller.Wait((int)Patience.TotalMilliseconds))
        {
            int count = device.Receive(_handOver.AsSpan(_received & HandOverMask, 1));
            Volatile.Write(ref _received, _received + count);
        }
    }

    private void ReleaseAll(AfPacketDevice device)
    {
        for (int i = 0; i < Frames; i++)
        {
            if (!SpinWait.SpinUntil(() => Volatile.Read(ref _received) > i, Patience))
            {
                return;
            }

            Span<Frame> frame = _handOver.AsSpan(i & HandOverMask, 1);
            _damaged += TestFrames.Read(frame[0].Octets) == i ? 0 : 1;
            frame[0].Octets.Clear();
            device.Release(frame);
            Volatile.Write(ref _released, i + 1);
        }
    }
}
