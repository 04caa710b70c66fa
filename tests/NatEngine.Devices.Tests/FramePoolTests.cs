using System;
using System.Threading;

namespace NatEngine.Devices.Tests;

public sealed class FramePoolTests
{
    [Fact]
    public void A_rented_frame_has_the_length_asked_for_and_a_zero_header()
    {
        using FramePool pool = new(2);

        Assert.True(pool.TryRent(60, out Frame dirty));
        dirty.Header.Flags = VirtioNetHeader.NeedsChecksum;
        dirty.Header.ChecksumOffset = 16;
        pool.Return([dirty]);
        Assert.True(pool.TryRent(61, out Frame other));
        Assert.True(pool.TryRent(42, out Frame again));

        Assert.Equal(dirty.Slot, again.Slot);
        Assert.Equal(42, again.Octets.Length);
        Assert.Equal(default, again.Header);
        Assert.False(again.HasPartialChecksum);
        Assert.NotEqual(other.Slot, again.Slot);
    }

    [Fact]
    public void Gives_out_each_slot_once_and_then_none()
    {
        using FramePool pool = new(3);
        Frame[] frames = new Frame[3];
        for (int i = 0; i < frames.Length; i++)
        {
            Assert.True(pool.TryRent(FramePool.MaxFrameLength, out frames[i]));
            frames[i].Octets.Fill((byte)(i + 1));
        }

        Assert.False(pool.TryRent(1, out _));
        for (int i = 0; i < frames.Length; i++)
        {
            Assert.Equal(-1, frames[i].Octets.IndexOfAnyExcept((byte)(i + 1)));
            Assert.Equal(default, frames[i].Header);
        }
    }

    [Fact]
    public void A_slot_returned_out_of_order_is_rented_again()
    {
        using FramePool pool = new(4);
        Frame[] frames = new Frame[4];
        for (int i = 0; i < frames.Length; i++)
        {
            Assert.True(pool.TryRent(64, out frames[i]));
        }

        pool.Return([frames[2]]);

        Assert.True(pool.TryRent(64, out Frame again));
        Assert.Equal(frames[2].Slot, again.Slot);
        Assert.False(pool.TryRent(64, out _));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(FramePool.MaxFrameLength + 1)]
    public void Refuses_a_length_that_no_slot_holds(int length)
    {
        using FramePool pool = new(1);

        Assert.False(pool.TryRent(length, out _));
        Assert.True(pool.TryRent(0, out _));
    }

    [Fact]
    public void Knows_its_own_frames()
    {
        using FramePool pool = new(1);
        using FramePool other = new(1);
        Assert.True(pool.TryRent(60, out Frame own));
        Assert.True(other.TryRent(60, out Frame foreign));

        Assert.True(pool.Owns(own));
        Assert.False(pool.Owns(foreign));
    }

    [Fact]
    public void Frames_returned_on_another_thread_are_seen_whole_by_the_next_renter()
    {
        const int Rounds = 50_000;
        using FramePool pool = new(8);
        Frame[] handedOver = new Frame[8];
        int written = 0;
        int read = 0;
        Thread returner = new(() =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                SpinWait.SpinUntil(() => Volatile.Read(ref written) > i);
                Frame frame = handedOver[i % 8];
                frame.Octets.Clear();
                Volatile.Write(ref read, i + 1);
                pool.Return([frame]);
            }
        });
        returner.Start();

        int torn = 0;
        for (int i = 0; i < Rounds; i++)
        {
            Frame frame = default;
            SpinWait.SpinUntil(() => i - Volatile.Read(ref read) < 8 && pool.TryRent(64, out frame));
            torn += frame.Octets.IndexOfAnyExcept((byte)0) >= 0 ? 1 : 0;
            frame.Octets.Fill(0xFF);
            handedOver[i % 8] = frame;
            Volatile.Write(ref written, i + 1);
        }

        Assert.True(returner.Join(TimeSpan.FromSeconds(30)));
        Assert.Equal(0, torn);
    }

    [Fact]
    public void Renting_and_returning_allocates_nothing()
    {
        using FramePool pool = new(64);
        Frame[] frames = new Frame[64];
        RentAndReturn(pool, frames, rounds: 10);

        long before = GC.GetAllocatedBytesForCurrentThread();
        RentAndReturn(pool, frames, rounds: 10_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void RentAndReturn(FramePool pool, Frame[] frames, int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < frames.Length; i++)
            {
                pool.TryRent(60, out frames[i]);
            }

            pool.Return(frames);
        }
    }
}
