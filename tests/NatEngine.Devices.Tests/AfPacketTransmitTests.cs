using System;
using System.Globalization;
using System.Linq;
using NatEngine.Devices.Tests.Wire;

namespace NatEngine.Devices.Tests;

public sealed class AfPacketTransmitTests : IDisposable
{
    private readonly VethPair _wire = new();

    [RootTheory]
    [InlineData(RingVersion.V2, false)]
    [InlineData(RingVersion.V2, true)]
    [InlineData(RingVersion.V3, false)]
    public void Frames_are_sent_straight_from_another_devices_ring(RingVersion version, bool bypassQdisc)
    {
        AfPacketOptions options = VethPair.Options() with { Ring = version, BypassQdisc = bypassQdisc };
        using AfPacketDevice a = _wire.OpenA(options);
        using AfPacketDevice b = _wire.OpenB(options);
        TestFrames.Send(b, 0, 20, number => 60 + (number * 70));

        Frame[] first = Receiving.Take(a, 20);
        Assert.Equal(20, b.Transmit(first));
        a.Release(first);
        Frame[] second = Receiving.Take(a, 20);

        Assert.Equal(Enumerable.Range(0, 20), second.Select(frame => TestFrames.Read(frame.Octets)));
        Assert.Equal(40, b.ReadStatistics().TransmittedFrames);
    }

    [RootTheory]
    [InlineData(TransmitKind.Packet)]
    [InlineData(TransmitKind.Xdp)]
    public void A_frame_that_the_kernel_refuses_does_not_stop_those_behind_it(TransmitKind kind)
    {
        using AfPacketDevice a = _wire.OpenA();
        using AfPacketDevice b = _wire.OpenB(VethPair.Options() with { Transmit = kind });
        using FramePool pool = new(8);
        Frame[] frames =
        [
            TestFrames.Rent(pool, 0, 3_000), // EMSGSIZE: beyond the MTU
            TestFrames.Rent(pool, 1),
            TestFrames.Rent(pool, 2, 1_519), // EMSGSIZE by one octet: header, tag and MTU make 1518
            TestFrames.Rent(pool, 3),
            TestFrames.Rent(pool, 4), // EINVAL: a checksum beyond the frame's end
            TestFrames.Rent(pool, 5, 1_514),
            TestFrames.Rent(pool, 6), // EINVAL: no Ethernet header, see below
        ];
        frames[4].Header = new VirtioNetHeader
        {
            Flags = VirtioNetHeader.NeedsChecksum,
            ChecksumStart = 5_000,
            ChecksumOffset = 6,
        };

        pool.Return([frames[6]]);
        Assert.True(pool.TryRent(4, out frames[6]));

        Assert.Equal(frames.Length, b.Transmit(frames));

        Assert.Equal([1, 3, 5], Receiving.NumbersUntil(a, 5));
        Assert.Equal(3, b.ReadStatistics().TransmittedFrames);
        Assert.Equal(4, b.ReadStatistics().TransmitFailures);
    }

    [RootFact]
    public void More_frames_than_one_system_call_takes_are_all_sent()
    {
        using AfPacketDevice a = _wire.OpenA(VethPair.Options() with { Slots = 1024 });
        using AfPacketDevice b = _wire.OpenB();
        using FramePool pool = new(700);
        Frame[] frames = [.. Enumerable.Range(0, 700).Select(number => TestFrames.Rent(pool, number))];

        Assert.Equal(700, b.Transmit(frames));

        Assert.Equal(Enumerable.Range(0, 700), Receiving.NumbersUntil(a, 699));
    }

    [RootTheory]
    [InlineData(3_000, 8 << 20)] // ENOBUFS: the queue takes three frames and drops the others
    [InlineData(1 << 20, 4_608)] // EAGAIN: the queue would take them, the send buffer does not
    public void A_congested_link_takes_the_first_frames_and_the_rest_after_bounded_retries_are_refused(
        int queueOctets, int sendBufferOctets)
    {
        const int Count = 50;

        // An eighth of a second for each frame: eight retries of a millisecond bring few more, however slow the
        // machine.
        Shell.Run(
            "tc", "-n", _wire.B.Name, "qdisc", "add", "dev", "b0", "root", "tbf", "rate", "64kbit", "burst", "2000",
            "limit", queueOctets.ToString(CultureInfo.InvariantCulture));
        using AfPacketDevice a = _wire.OpenA();
        using AfPacketDevice b = _wire.OpenB(VethPair.Options() with { SendBufferOctets = sendBufferOctets });
        using FramePool pool = new(Count);
        Frame[] frames = [.. Enumerable.Range(0, Count).Select(number => TestFrames.Rent(pool, number, 1_000))];

        int sent = b.Transmit(frames);

        Assert.InRange(sent, 1, Count - 1);
        Assert.Equal(sent, b.ReadStatistics().TransmittedFrames);
        Assert.Equal(Count - sent, b.ReadStatistics().TransmitFailures);
        Assert.Equal(8, b.ReadStatistics().TransmitRetries);
        Assert.Equal(Enumerable.Range(0, sent), Receiving.NumbersUntil(a, sent - 1));
    }

    [RootFact]
    public void Frames_that_bypass_the_queueing_discipline_are_not_held_up_by_it()
    {
        Shell.Run(
            "tc", "-n", _wire.B.Name, "qdisc", "add", "dev", "b0", "root", "tbf", "rate", "8kbit", "burst", "2000",
            "limit", "3000");
        using AfPacketDevice a = _wire.OpenA();
        using AfPacketDevice b = _wire.OpenB(VethPair.Options() with { BypassQdisc = true });

        TestFrames.Send(b, 0, 50, _ => 1_000);

        Assert.Equal(Enumerable.Range(0, 50), Receiving.NumbersUntil(a, 49));
    }

    [RootFact]
    public void An_interface_that_is_down_takes_nothing_and_works_again_when_up()
    {
        using AfPacketDevice a = _wire.OpenA();
        using AfPacketDevice b = _wire.OpenB();
        using FramePool pool = new(3);
        using FramePoller poller = new(b);
        Frame[] frames = [TestFrames.Rent(pool, 1), TestFrames.Rent(pool, 2), TestFrames.Rent(pool, 3)];

        _wire.B.Ip("link set b0 down");
        Assert.Equal(0, b.Transmit(frames));
        Assert.Equal(3, b.ReadStatistics().TransmitFailures);
        Assert.Equal(0, b.Receive(new Frame[1]));
        SleepsAgain(poller);

        _wire.B.Ip("link set b0 up");
        Assert.Equal(3, b.Transmit(frames));
        Assert.Equal([1, 2, 3], Receiving.NumbersUntil(a, 3));
        Assert.Equal(3, b.ReadStatistics().TransmittedFrames);
    }

    [RootFact]
    public void The_first_frame_after_the_link_came_back_is_not_lost_to_the_old_error()
    {
        using AfPacketDevice a = _wire.OpenA();
        using AfPacketDevice b = _wire.OpenB();

        _wire.B.Ip("link set b0 down");
        _wire.B.Ip("link set b0 up");
        TestFrames.Send(b, 9, 1);

        Assert.Equal([9], Receiving.NumbersUntil(a, 9));
        Assert.Equal(0, b.ReadStatistics().TransmitFailures);
    }

    [RootFact]
    public void A_removed_interface_takes_and_brings_nothing()
    {
        using AfPacketDevice b = _wire.OpenB();
        using FramePool pool = new(2);
        using FramePoller poller = new(b);
        Frame[] frames = [TestFrames.Rent(pool, 1), TestFrames.Rent(pool, 2)];

        _wire.B.Ip("link del b0");

        Assert.Equal(0, b.Transmit(frames));
        Assert.Equal(0, b.Transmit(frames));
        Assert.Equal(0, b.Receive(new Frame[1]));
        Assert.Equal(4, b.ReadStatistics().TransmitFailures);
        SleepsAgain(poller);
    }

    [RootTheory]
    [InlineData(RingVersion.V2)]
    [InlineData(RingVersion.V3)]
    public void Receiving_sending_and_releasing_allocates_nothing(RingVersion version)
    {
        using AfPacketDevice a = _wire.OpenA(VethPair.Options() with { Ring = version });
        using AfPacketDevice b = _wire.OpenB();
        using FramePool pool = new(4);
        Frame[] source = [.. Enumerable.Range(0, 4).Select(number => TestFrames.Rent(pool, number))];
        Frame[] received = new Frame[64];
        Rounds(a, b, source, received, count: 100);
        long passed = a.ReadStatistics().ReceivedFrames;

        long before = GC.GetAllocatedBytesForCurrentThread();
        Rounds(a, b, source, received, count: 10_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(a.ReadStatistics().ReceivedFrames - passed > 1_000);
        Assert.Equal(a.ReadStatistics().ReceivedFrames, a.ReadStatistics().TransmittedFrames);
    }

    public void Dispose() => _wire.Dispose();

    // A pending error ends a wait once; it must not end them all.
    private static void SleepsAgain(FramePoller poller)
    {
        poller.Wait(0);
        Assert.False(poller.Wait(0));
    }

    private static void Rounds(AfPacketDevice a, AfPacketDevice b, Frame[] source, Frame[] received, int count)
    {
        for (int round = 0; round < count; round++)
        {
            b.Transmit(source);
            int taken = a.Receive(received);
            a.Transmit(received.AsSpan(0, taken));
            a.Release(received.AsSpan(0, taken));
        }
    }
}
