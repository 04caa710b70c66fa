using System;
using System.Linq;
using NatEngine.Devices.Tests.Wire;

namespace NatEngine.Devices.Tests;

/// <summary>What <see cref="XdpTransmitter"/> sends, as an AF_PACKET socket at the other end of the wire sees it.
/// </summary>
public sealed class XdpTransmitTests : IDisposable
{
    private const int HeldAtA = 1024;

    private readonly VethPair _wire = new();

    [RootFact]
    public void Frames_of_all_lengths_arrive_whole_and_in_order()
    {
        using AfPacketDevice a = OpenA();
        using AfPacketDevice b = OpenB();

        // More than the socket's rings hold, so that they went round.
        Assert.True(1_455 > XdpQueue.Slots);
        TestFrames.Send(b, 0, 800, number => 60 + number);
        Assert.Equal(Enumerable.Range(0, 800), Receiving.NumbersUntil(a, 799));
        TestFrames.Send(b, 800, 655, number => 60 + number);
        Assert.Equal(Enumerable.Range(800, 655), Receiving.NumbersUntil(a, 1_454));

        Assert.Equal(1_455, b.ReadStatistics().TransmittedFrames);
        Assert.Equal(0, b.ReadStatistics().TransmitFailures);
    }

    [RootFact]
    public void More_frames_than_the_memory_holds_are_all_sent_by_one_call()
    {
        using AfPacketDevice a = OpenA();
        using AfPacketDevice b = OpenB();
        const int Count = XdpQueue.Slots + 100;
        using FramePool pool = new(Count);
        Frame[] frames = [.. Enumerable.Range(0, Count).Select(number => TestFrames.Rent(pool, number))];

        Assert.Equal(Count, b.Transmit(frames));

        // What the ring at the other end has no slot for is lost there.
        Assert.Equal(Enumerable.Range(0, HeldAtA), Receiving.NumbersUntil(a, HeldAtA - 1));
        Assert.Equal(Count, b.ReadStatistics().TransmittedFrames);
        Assert.Equal(0, b.ReadStatistics().TransmitRetries);
    }

    [RootFact]
    public void Frames_that_go_by_either_way_keep_their_order_and_their_octets()
    {
        using AfPacketDevice a = OpenA();
        using AfPacketDevice b = OpenB();
        using FramePool pool = new(600);
        Frame[] frames = [.. Enumerable.Range(0, 600).Select(number => MixedFrame(pool, number))];

        Assert.Equal(600, b.Transmit(frames));

        Frame[] received = Receiving.Take(a, 600);
        for (int i = 0; i < frames.Length; i++)
        {
            Assert.True(frames[i].Octets.SequenceEqual(received[i].Octets), $"frame {i} is another");
            Assert.Equal(frames[i].HasPartialChecksum, received[i].HasPartialChecksum);
            Assert.Equal(frames[i].IsSuperFrame, received[i].IsSuperFrame);
        }

        Assert.Equal(600, b.ReadStatistics().TransmittedFrames);
    }

    [RootFact]
    public void The_octets_of_a_frame_are_the_callers_again_when_the_call_returns()
    {
        using AfPacketDevice a = OpenA();
        using AfPacketDevice b = OpenB();
        using FramePool pool = new(1);

        for (int number = 0; number < 200; number++)
        {
            Frame frame = TestFrames.Rent(pool, number);
            Assert.Equal(1, b.Transmit([frame]));
            frame.Octets.Clear();
            pool.Return([frame]);
        }

        Assert.Equal(Enumerable.Range(0, 200), Receiving.NumbersUntil(a, 199));
    }

    [RootFact]
    public void The_queueing_discipline_has_no_say()
    {
        Shell.Run(
            "tc", "-n", _wire.B.Name, "qdisc", "add", "dev", "b0", "root", "tbf", "rate", "8kbit", "burst", "2000",
            "limit", "3000");
        using AfPacketDevice a = OpenA();
        using AfPacketDevice b = OpenB();

        TestFrames.Send(b, 0, 50, _ => 1_000);

        Assert.Equal(Enumerable.Range(0, 50), Receiving.NumbersUntil(a, 49));
    }

    [RootFact]
    public void Frames_that_the_driver_drops_are_counted()
    {
        using AfPacketDevice b = OpenB();
        using FramePool pool = new(100);
        Frame[] frames = [.. Enumerable.Range(0, 100).Select(number => TestFrames.Rent(pool, number))];
        TestFrames.Send(b, 0, 3);

        _wire.A.Ip("link set a0 down"); // no carrier

        Assert.Equal(100, b.Transmit(frames));
        Assert.Equal(3, b.ReadStatistics().TransmittedFrames);
        Assert.Equal(100, b.ReadStatistics().TransmitFailures);
    }

    [RootFact]
    public void An_interface_that_is_down_takes_nothing_and_sends_nothing_stale_when_up()
    {
        using AfPacketDevice a = OpenA();
        using AfPacketDevice b = OpenB();
        using FramePool pool = new(3);
        Frame[] frames = [TestFrames.Rent(pool, 1), TestFrames.Rent(pool, 2), TestFrames.Rent(pool, 3)];

        _wire.B.Ip("link set b0 down");
        for (int round = 0; round < XdpQueue.Slots; round++)
        {
            Assert.Equal(0, b.Transmit(frames));
        }

        Assert.Equal(3 * XdpQueue.Slots, b.ReadStatistics().TransmitFailures);
        _wire.B.Ip("link set b0 up");
        frames[0].Octets[^1] = 99;
        frames[1].Octets[^1] = 99;
        Assert.Equal(3, b.Transmit(frames));

        Assert.Equal([-1, -1, 3], Receiving.NumbersUntil(a, 3));
        Assert.Equal(3, b.ReadStatistics().TransmittedFrames);
    }

    [RootFact]
    public void A_removed_interface_takes_nothing()
    {
        using AfPacketDevice b = OpenB();
        using FramePool pool = new(2);
        Frame[] frames = [TestFrames.Rent(pool, 1), MixedFrame(pool, 2)];

        _wire.B.Ip("link del b0");

        Assert.Equal(0, b.Transmit(frames));
        Assert.Equal(0, b.Transmit(frames));
        Assert.Equal(4, b.ReadStatistics().TransmitFailures);
    }

    [RootFact]
    public void A_second_socket_of_the_interface_is_refused_and_told_why_and_free_again_when_the_first_is_closed()
    {
        AfPacketDevice first = OpenB();

        DeviceException error = Assert.Throws<DeviceException>(() => OpenB().Dispose());
        first.Dispose();

        Assert.Equal(
            "b0: bind(AF_XDP, queue 0) failed: Device or resource busy (errno 16); another AF_XDP socket has the "
            + "interface's queue 0, or transmit by AF_PACKET instead",
            error.Message);
        using AfPacketDevice third = OpenB();
        TestFrames.Send(third, 0, 1);
        Assert.Equal(1, third.ReadStatistics().TransmittedFrames);
    }

    [RootFact]
    public void Sending_allocates_nothing()
    {
        using AfPacketDevice b = OpenB();
        using FramePool pool = new(64);
        Frame[] frames = [.. Enumerable.Range(0, 64).Select(number => MixedFrame(pool, number))];
        Rounds(b, frames, count: 100);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Rounds(b, frames, count: 1_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1_100 * 64, b.ReadStatistics().TransmittedFrames);
    }

    public void Dispose() => _wire.Dispose();

    private AfPacketDevice OpenA() => _wire.OpenA(VethPair.Options() with { Slots = HeldAtA });

    private AfPacketDevice OpenB() => _wire.OpenB(VethPair.Options() with { Transmit = TransmitKind.Xdp });

    // In turns of unequal length: frames that AF_XDP carries, unfinished checksums, super-frames.
    private static Frame MixedFrame(FramePool pool, int number)
    {
        switch (number % 11)
        {
            case 2 or 7 or 8:
                Frame unfinished = TestFrames.Rent(pool, number, 100 + number);
                unfinished.Header = new VirtioNetHeader
                {
                    Flags = VirtioNetHeader.NeedsChecksum,
                    ChecksumStart = 34,
                    ChecksumOffset = 6,
                };
                return unfinished;
            case 4:
                Frame super = TestFrames.Rent(pool, number, 5_000 + number);
                super.Octets[23] = 6; // TCP
                super.Octets[46] = 0x50; // five words of header
                super.Header = new VirtioNetHeader
                {
                    Flags = VirtioNetHeader.NeedsChecksum,
                    GsoType = 1, // VIRTIO_NET_HDR_GSO_TCPV4
                    HeaderLength = 54,
                    GsoSize = 1448,
                    ChecksumStart = 34,
                    ChecksumOffset = 16,
                };
                return super;
            default:
                return TestFrames.Rent(pool, number, 60 + (number * 2));
        }
    }

    private static void Rounds(AfPacketDevice device, Frame[] frames, int count)
    {
        for (int round = 0; round < count; round++)
        {
            device.Transmit(frames);
        }
    }
}
