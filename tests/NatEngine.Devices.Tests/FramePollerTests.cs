using System;
using System.Threading;
using NatEngine.Devices.Tests.Wire;

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

    [RootTheory]
    [InlineData(RingVersion.V2)]
    [InlineData(RingVersion.V3)]
    public void Of_arrivals_it_does_not_wake_for_frames_that_are_held(RingVersion version)
    {
        using VethPair wire = new();
        using AfPacketDevice a = wire.OpenA(VethPair.Options() with { Ring = version });
        using AfPacketDevice b = wire.OpenB();
        using FramePoller always = new(a);
        using FramePoller arrivals = FramePoller.OfArrivals(a);

        for (int number = 0; number < 3; number++)
        {
            TestFrames.Send(b, number, 1);
            Assert.True(arrivals.Wait(20_000));
            Receiving.Take(a, 1); // and holds it
            Assert.True(always.Wait(0)); // what it is that others would be woken for
            Assert.False(arrivals.Wait(1));
        }
    }

    [RootFact]
    public void Of_arrivals_it_sees_what_came_before_it_waits()
    {
        using VethPair wire = new();
        using AfPacketDevice a = wire.OpenA();
        using AfPacketDevice b = wire.OpenB();
        TestFrames.Send(b, 0, 1);
        using FramePoller arrivals = FramePoller.OfArrivals(a);

        Assert.True(arrivals.Wait(20_000));
        Receiving.Take(a, 1);
        TestFrames.Send(b, 1, 1);
        Assert.True(arrivals.Wait(20_000));
    }

    [Fact]
    public void Of_arrivals_it_sees_a_frame_in_memory_until_it_is_received_and_the_doorbell_once()
    {
        using MemoryDevice device = new("m0");
        using FramePoller poller = FramePoller.OfArrivals(device);
        device.Inject([1]);
        Frame[] frames = new Frame[1];

        Assert.True(poller.Wait(0));
        Assert.True(poller.Wait(0));
        Assert.Equal(1, device.Receive(frames));
        Assert.False(poller.Wait(0));
        poller.Wake();
        Assert.True(poller.Wait(-1));
        Assert.False(poller.Wait(1));
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Waiting_allocates_nothing(bool ofArrivals)
    {
        using MemoryDevice device = new("m0");
        using FramePoller poller = ofArrivals ? FramePoller.OfArrivals(device) : new FramePoller(device);
        device.Inject([1]);
        poller.Wait(0);
        poller.Wake();
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
