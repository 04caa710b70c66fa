using System;

namespace NatEngine.Devices.Tests;

public sealed class MemoryDeviceTests
{
    [Fact]
    public void What_is_injected_is_received_in_order_with_its_header()
    {
        using MemoryDevice device = new("m0");
        VirtioNetHeader header = new()
        {
            Flags = VirtioNetHeader.NeedsChecksum,
            ChecksumStart = 34,
            ChecksumOffset = 16,
        };
        Assert.True(device.Inject([1, 2, 3]));
        Assert.True(device.Inject([4, 5], header));

        Frame[] frames = new Frame[8];
        Assert.Equal(2, device.Receive(frames));

        Assert.Equal([1, 2, 3], frames[0].Octets.ToArray());
        Assert.Equal(default, frames[0].Header);
        Assert.Equal([4, 5], frames[1].Octets.ToArray());
        Assert.Equal(header, frames[1].Header);
        Assert.True(frames[1].HasPartialChecksum);
        Assert.Equal(0, device.Receive(frames));
    }

    [Fact]
    public void A_held_slot_takes_no_new_frame_and_the_drop_is_counted()
    {
        using MemoryDevice device = new("m0", slots: 2);
        Frame[] frames = new Frame[2];
        device.Inject([1]);
        device.Inject([2]);
        Assert.Equal(2, device.Receive(frames));

        Assert.False(device.Inject([3]));
        device.Release(frames.AsSpan(0, 1));
        Assert.True(device.Inject([4]));

        Assert.Equal(2, frames[1].Octets[0]);
        Frame[] next = new Frame[2];
        Assert.Equal(1, device.Receive(next));
        Assert.Equal(4, next[0].Octets[0]);
        Assert.Equal(1, device.ReadStatistics().RingDrops);
        Assert.Equal(3, device.ReadStatistics().ReceivedFrames);
    }

    [Fact]
    public void Transmitted_frames_are_copies()
    {
        using MemoryDevice device = new("m0");
        using FramePool pool = new(1);
        Assert.True(pool.TryRent(3, out Frame frame));
        ((ReadOnlySpan<byte>)[7, 8, 9]).CopyTo(frame.Octets);
        frame.Header.GsoSize = 1460;

        Assert.Equal(1, device.Transmit([frame]));
        frame.Octets.Clear();

        Assert.Equal(1, device.TransmittedCount);
        Assert.True(device.TryTakeTransmitted(out TransmittedFrame? sent));
        Assert.Equal([7, 8, 9], sent.Octets.ToArray());
        Assert.Equal(1460, sent.Header.GsoSize);
        Assert.False(device.TryTakeTransmitted(out _));
        Assert.Equal(1, device.ReadStatistics().TransmittedFrames);
    }

    [Fact]
    public void A_repeating_device_gives_a_rewritten_frame_as_it_was_at_first()
    {
        using MemoryDevice device = MemoryDevice.Repeating("m0", new byte[] { 1, 2, 3 }, new byte[] { 4, 5, 6 });
        Frame[] frames = new Frame[4];

        for (int round = 0; round < 3; round++)
        {
            Assert.Equal(2, device.Receive(frames));
            Assert.Equal([1, 2, 3], frames[0].Octets.ToArray());
            Assert.Equal([4, 5, 6], frames[1].Octets.ToArray());
            Assert.Equal(default, frames[0].Header);
            Assert.Equal(0, device.Receive(frames.AsSpan(2)));
            frames[0].Octets.Clear();
            frames[0].Header.Flags = 1;
            Assert.Equal(2, device.Transmit(frames.AsSpan(0, 2)));
            device.Release(frames.AsSpan(0, 2));
        }

        Assert.Equal(0, device.TransmittedCount);
        Assert.Equal(6, device.ReadStatistics().TransmittedFrames);
    }

    [Fact]
    public void A_repeating_device_allocates_nothing()
    {
        using MemoryDevice device = MemoryDevice.Repeating("m0", new byte[60], new byte[60], new byte[1514]);
        Frame[] frames = new Frame[2];
        PassThrough(device, frames, rounds: 10);

        long before = GC.GetAllocatedBytesForCurrentThread();
        PassThrough(device, frames, rounds: 10_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(20_020, device.ReadStatistics().TransmittedFrames);
    }

    private static void PassThrough(MemoryDevice device, Frame[] frames, int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            int count = device.Receive(frames);
            device.Transmit(frames.AsSpan(0, count));
            device.Release(frames.AsSpan(0, count));
        }
    }
}
