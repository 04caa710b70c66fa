using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Devices.Tests.Wire;

namespace NatEngine.Devices.Tests;

public sealed class AfPacketReceiveTests : IDisposable
{
    private const int Sentinel = 1_000_000;

    private readonly VethPair _wire = new();

    [RootTheory]
    [InlineData(RingVersion.V2)]
    [InlineData(RingVersion.V3)]
    public void Frames_of_all_lengths_arrive_whole_and_in_order(RingVersion version)
    {
        using AfPacketDevice a = _wire.OpenA(Ring(version));
        using AfPacketDevice b = _wire.OpenB();
        List<int> numbers = [];

        // Five times round the V2 ring.
        for (int first = 0; first < 300; first += 30)
        {
            TestFrames.Send(b, first, 30, number => 60 + (number * 5 % 1455));
            Frame[] frames = Receiving.Take(a, 30);
            numbers.AddRange(frames.Select(frame => TestFrames.Read(frame.Octets)));
            Assert.All(frames, (frame, i) => Assert.Equal(60 + ((first + i) * 5 % 1455), frame.Length));
            a.Release(frames);
        }

        Assert.Equal(Enumerable.Range(0, 300), numbers);
        Assert.Equal(300, a.ReadStatistics().ReceivedFrames);
        Assert.Equal(0, a.ReadStatistics().RingDrops);
        Assert.Equal(300, b.ReadStatistics().TransmittedFrames);
    }

    [RootTheory]
    [InlineData(RingVersion.V2)]
    [InlineData(RingVersion.V3)]
    public void A_super_frame_with_a_partial_checksum_passes_whole(RingVersion version)
    {
        using AfPacketDevice a = _wire.OpenA(Ring(version));
        using AfPacketDevice b = _wire.OpenB();
        using FramePool pool = new(1);
        VirtioNetHeader header = new()
        {
            Flags = VirtioNetHeader.NeedsChecksum,
            GsoType = 1, // VIRTIO_NET_HDR_GSO_TCPV4
            HeaderLength = 54,
            GsoSize = 1448,
            ChecksumStart = 34,
            ChecksumOffset = 16,
        };

        // The longest that goes through whole: from gso_max_size (65,536) on the kernel cuts a frame into its segments.
        Frame sent = TestFrames.Rent(pool, 7, 65_535);
        sent.Octets[23] = 6; // TCP
        sent.Octets[46] = 0x50; // five words of header
        sent.Header = header;

        for (int round = 0; round < 200; round++)
        {
            sent.Octets[^1] = (byte)round;
            Assert.Equal(1, b.Transmit([sent]));
            Frame[] received = Receiving.Take(a, 1);

            Assert.True(received[0].Octets.SequenceEqual(sent.Octets));
            Assert.Equal(header, received[0].Header);
            Assert.True(received[0].HasPartialChecksum);
            Assert.True(received[0].IsSuperFrame);
            a.Release(received);
        }
    }

    [RootFact]
    public void A_held_slot_is_neither_read_again_nor_overwritten_when_the_ring_wraps()
    {
        using AfPacketDevice a = _wire.OpenA(Ring(RingVersion.V2) with { SuperFrames = false });
        using AfPacketDevice b = _wire.OpenB();
        int slots = a.Geometry.Slots;
        int half = slots / 2;

        TestFrames.Send(b, 0, slots + 50);
        Frame[] held = Receiving.Take(a, slots);
        Receiving.Until(() => a.ReadStatistics().RingDrops == 50);
        Assert.Equal(0, a.Receive(new Frame[10]));

        // The first half goes round again; the second is held all the while.
        a.Release(held.AsSpan(0, half));
        TestFrames.Send(b, 1000, half + 20);
        Frame[] next = Receiving.Take(a, half);
        Receiving.Until(() => a.ReadStatistics().RingDrops == 70);

        Assert.Equal(0, a.Receive(new Frame[10]));
        Assert.Equal(Enumerable.Range(half, slots - half), Numbers(held.AsSpan(half)));
        Assert.Equal(Enumerable.Range(1000, half), Numbers(next));
        a.Release(held.AsSpan(half));
        a.Release(next);
        TestFrames.Send(b, Sentinel, 1);
        Assert.Equal([Sentinel], Receiving.NumbersUntil(a, Sentinel));
    }

    [RootFact]
    public void A_held_block_is_neither_read_again_nor_overwritten_when_the_ring_wraps()
    {
        using AfPacketDevice a = _wire.OpenA(Ring(RingVersion.V3) with { SuperFrames = false });
        using AfPacketDevice b = _wire.OpenB();
        int sent = 0;
        List<Frame> held = [];
        while (a.ReadStatistics().RingDrops == 0)
        {
            TestFrames.Send(b, sent, 1_000, _ => 1_000);
            sent += 1_000;
            Assert.InRange(sent, 0, 100_000);
            HoldWhatIsThere(a, held);
        }

        // What was in the open block when the ring was full comes a millisecond later.
        Receiving.Until(() => HoldWhatIsThere(a, held) + a.ReadStatistics().RingDrops == sent);
        Assert.Equal(Enumerable.Range(0, held.Count), held.Select(frame => TestFrames.Read(frame.Octets)));
        Assert.Equal(0, a.Receive(new Frame[10]));

        a.Release(held.ToArray());
        TestFrames.Send(b, Sentinel, 1);
        Assert.Equal([Sentinel], Receiving.NumbersUntil(a, Sentinel));
    }

    [RootFact]
    public void A_frame_longer_than_a_slot_is_discarded_and_counted()
    {
        using AfPacketDevice a = _wire.OpenA(Ring(RingVersion.V2) with { SuperFrames = false });
        _wire.A.Ip("link set a0 mtu 9000");
        _wire.B.Ip("link set b0 mtu 9000");
        using AfPacketDevice b = _wire.OpenB();

        TestFrames.Send(b, 0, 4, number => number is 1 or 2 ? 8_000 : 1_500);

        Assert.Equal([0, 3], Receiving.NumbersUntil(a, 3));
        Assert.Equal(2, a.ReadStatistics().TruncatedFrames);
        Assert.Equal(2, a.ReadStatistics().ReceivedFrames);

        // Nothing but such frames, more than once round the ring, and the next good one still comes.
        int expected = 2;
        for (int round = 0; round < 3; round++)
        {
            TestFrames.Send(b, 10, a.Geometry.Slots - 10, _ => 8_000);
            expected += a.Geometry.Slots - 10;
            Receiving.Until(() => a.Receive(new Frame[16]) == 0 && a.ReadStatistics().TruncatedFrames == expected);
        }

        TestFrames.Send(b, Sentinel, 1);
        Assert.Equal([Sentinel], Receiving.NumbersUntil(a, Sentinel));
    }

    [RootFact]
    public void Frames_longer_than_a_slot_do_not_hide_the_good_one_behind_them()
    {
        using AfPacketDevice a = _wire.OpenA(Ring(RingVersion.V2) with { SuperFrames = false });
        _wire.A.Ip("link set a0 mtu 9000");
        _wire.B.Ip("link set b0 mtu 9000");
        using AfPacketDevice b = _wire.OpenB();
        using FramePoller arrivals = FramePoller.OfArrivals(a);
        const int Long = 20;

        TestFrames.Send(b, 0, Long + 1, number => number < Long ? 8_000 : 1_500);

        // As a receiving thread does, which sleeps when it is given nothing, and is not woken twice for a frame.
        Frame[] frames = new Frame[Long / 2];
        while (a.Receive(frames) == 0)
        {
            Assert.True(arrivals.Wait(5_000), "a frame waits, and nobody is told");
        }

        Assert.Equal(Long, TestFrames.Read(frames[0].Octets));
        Assert.Equal(Long, a.ReadStatistics().TruncatedFrames);
    }

    [RootTheory]
    [InlineData(RingVersion.V2)]
    [InlineData(RingVersion.V3)]
    public void The_filter_takes_only_untagged_IPv4_and_ARP_for_this_host(RingVersion version)
    {
        using AfPacketDevice a = _wire.OpenA(Ring(version));
        using AfPacketDevice b = _wire.OpenB();
        using FramePool pool = new(16);
        byte[] broadcast = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];
        byte[] multicast = [0x01, 0x00, 0x5E, 0, 0, 1];
        byte[] other = [0x02, 0, 0, 0, 0, 0x0C];

        Frame[] frames =
        [
            Addressed(pool, VethPair.AddressOfA, 0x0800), // IPv4 for us
            Addressed(pool, broadcast, 0x0800),
            Addressed(pool, multicast, 0x0800),
            Addressed(pool, other, 0x0800),
            Addressed(pool, VethPair.AddressOfA, 0x0806), // ARP for us
            Addressed(pool, broadcast, 0x0806), // ARP for all
            Addressed(pool, multicast, 0x0806),
            Addressed(pool, other, 0x0806),
            Addressed(pool, VethPair.AddressOfA, 0x86DD), // IPv6
            Addressed(pool, VethPair.AddressOfA, 0x8100, 0, 5, 0x08, 0x00), // tagged IPv4
            Addressed(pool, broadcast, 0x8100, 0, 5, 0x08, 0x06), // tagged ARP
            Addressed(pool, VethPair.AddressOfA, 0x88A8, 0, 5, 0x08, 0x00), // provider tag
            Addressed(pool, VethPair.AddressOfA, 0x0800), // the last, IPv4 for us
        ];
        for (int i = 0; i < frames.Length; i++)
        {
            frames[i].Octets[30] = (byte)i;
        }

        Assert.Equal(frames.Length, b.Transmit(frames));

        List<int> taken = [];
        while (taken.Count == 0 || taken[^1] != frames.Length - 1)
        {
            Frame[] received = Receiving.Take(a, 1);
            taken.Add(received[0].Octets[30]);
            a.Release(received);
        }

        Assert.Equal([0, 4, 5, 12], taken);
    }

    [RootTheory]
    [InlineData(RingVersion.V2)]
    [InlineData(RingVersion.V3)]
    public void What_this_host_sends_is_not_received(RingVersion version)
    {
        using AfPacketDevice a = _wire.OpenA(Ring(version));
        using AfPacketDevice alsoA = _wire.OpenA();
        using AfPacketDevice b = _wire.OpenB();

        TestFrames.Send(a, 0, 10);
        TestFrames.Send(alsoA, 10, 10);
        TestFrames.Send(b, Sentinel, 1);

        Assert.Equal([Sentinel], Receiving.NumbersUntil(a, Sentinel));
    }

    [RootFact]
    public void The_poll_handle_is_readable_when_a_frame_waits_and_not_when_all_are_released()
    {
        using AfPacketDevice a = _wire.OpenA();
        using AfPacketDevice b = _wire.OpenB();
        using FramePoller poller = new(a);

        Assert.False(poller.Wait(0));
        TestFrames.Send(b, 0, 1);
        Assert.True(poller.Wait(10_000));
        a.Release(Receiving.Take(a, 1));
        Assert.False(poller.Wait(0));
    }

    public void Dispose() => _wire.Dispose();

    private static AfPacketOptions Ring(RingVersion version) => VethPair.Options() with { Ring = version };

    private static int[] Numbers(ReadOnlySpan<Frame> frames)
    {
        int[] numbers = new int[frames.Length];
        for (int i = 0; i < frames.Length; i++)
        {
            numbers[i] = TestFrames.Read(frames[i].Octets);
        }

        return numbers;
    }

    private static int HoldWhatIsThere(AfPacketDevice device, List<Frame> held)
    {
        Frame[] batch = new Frame[256];
        for (int count = device.Receive(batch); count > 0; count = device.Receive(batch))
        {
            held.AddRange(batch.AsSpan(0, count));
        }

        return held.Count;
    }

    private static Frame Addressed(FramePool pool, byte[] destination, ushort type, params byte[] rest)
    {
        Assert.True(pool.TryRent(64, out Frame frame));
        frame.Octets.Clear();
        destination.CopyTo(frame.Octets);
        VethPair.AddressOfB.CopyTo(frame.Octets[6..]);
        frame.Octets[12] = (byte)(type >> 8);
        frame.Octets[13] = (byte)type;
        rest.CopyTo(frame.Octets[14..]);
        return frame;
    }
}
