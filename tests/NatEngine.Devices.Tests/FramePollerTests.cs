using System;
using System.Threading;

namespace NatEngine.Devices.Tests;

public sealed class FramePollerTests
{
    [Fact]
    public void Times_out_when_nothing_is_waiting()
    {
        using MemoryDevice device = new("m0");
        using FramePoller poller = new(device);

        Assert.False(poller.Wait(0));
        Assert.False(poller.Wait(5));
    }

    [Fact]
    public void Sees_a_frame_on_any_of_its_devices_until_it_is_received()
    {
        using MemoryDevice first = new("m0");
        using MemoryDevice second = new("m1");
        using FramePoller poller = new(first, second);
        second.Inject([1]);
        second.Inject([2]);
        Frame[] frames = new Frame[1];

        Assert.True(poller.Wait(0));
        Assert.Equal(1, second.Receive(frames));
        Assert.True(poller.Wait(0));
        Assert.Equal(1, second.Receive(frames));
        Assert.False(poller.Wait(0));
    }

    [Fact]
    public void A_wake_from_before_the_wait_ends_one_wait()
    {
        using FramePoller poller = new();
        poller.Wake();
        poller.Wake();

        Assert.True(poller.Wait(-1));
        Assert.False(poller.Wait(0));
    }

    [Fact]
    public void A_sleeping_thread_is_woken_by_a_frame_and_by_the_doorbell()
    {
        using MemoryDevice device = new("m0");
        using FramePoller poller = new(device);
        int woken = 0;
        Thread sleeper = new(() =>
        {
            Frame[] frames = new Frame[1];
            while (device.ReadStatistics().ReceivedFrames < 1_000)
            {
                poller.Wait(-1);
                device.Release(frames.AsSpan(0, device.Receive(frames)));
            }

            poller.Wait(-1);
            Volatile.Write(ref woken, 1);
        });
        sleeper.Start();

        for (int i = 0; i < 1_000; i++)
        {
            SpinWait.SpinUntil(() => device.Inject([(byte)i]));
        }

        SpinWait.SpinUntil(() => device.ReadStatistics().ReceivedFrames == 1_000, TimeSpan.FromSeconds(30));
        poller.Wake();
        Assert.True(sleeper.Join(TimeSpan.FromSeconds(30)));
        Assert.Equal(1, woken);
    }

    [Fact]
    public void Waiting_allocates_nothing()
    {
        using MemoryDevice device = new("m0");
        using FramePoller poller = new(device);
        device.Inject([1]);
        poller.Wait(0);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++)
        {
            poller.Wake();
            poller.Wait(1);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
