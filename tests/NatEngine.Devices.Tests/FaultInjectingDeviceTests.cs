using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace NatEngine.Devices.Tests;

public sealed class FaultInjectingDeviceTests
{
    private const int Frames = 2_000;

    [Fact]
    public void Without_faults_everything_passes_both_ways_in_order()
    {
        Assert.Equal(Enumerable.Range(0, Frames), Received(FaultRates.None, out FaultStatistics received));
        Assert.Equal(Enumerable.Range(0, Frames), Transmitted(FaultRates.None, out FaultStatistics transmitted));
        Assert.Equal(default, received);
        Assert.Equal(default, transmitted);
    }

    [Fact]
    public void The_same_seed_gives_the_same_faults_and_another_seed_others()
    {
        FaultRates rates = new() { Drop = 0.1, Duplicate = 0.1, Reorder = 0.1 };

        List<int> first = Received(rates, out _, seed: 7);

        Assert.Equal(first, Received(rates, out _, seed: 7));
        Assert.NotEqual(first, Received(rates, out _, seed: 8));
    }

    [Fact]
    public void Received_frames_are_dropped_and_repeated_as_often_as_counted()
    {
        List<int> received = Received(new() { Drop = 0.2, Duplicate = 0.1 }, out FaultStatistics faults);

        Assert.InRange(faults.Dropped, Frames / 10, Frames * 3 / 10);
        Assert.InRange(faults.Duplicated, Frames / 20, Frames / 5);
        Assert.Equal(Frames - faults.Dropped + faults.Duplicated, received.Count);
        Assert.Equal(Frames - faults.Dropped, received.Distinct().Count());
    }

    [Fact]
    public void Received_frames_change_places_with_a_neighbour()
    {
        List<int> received = Received(new() { Reorder = 0.2 }, out FaultStatistics faults);

        Assert.NotEqual(Enumerable.Range(0, Frames), received);
        Assert.Equal(Enumerable.Range(0, Frames), received.Order());
        Assert.True(faults.Reordered > 0);
    }

    [Fact]
    public void A_corrupted_frame_has_one_bit_turned()
    {
        using MemoryDevice inner = new("m0");
        using FaultInjectingDevice device = new(inner, seed: 3, receive: new() { Corrupt = 1 });
        inner.Inject(new byte[64]);
        Frame[] frames = new Frame[1];

        Assert.Equal(1, device.Receive(frames));

        Assert.Equal(1, frames[0].Octets.ToArray().Sum(octet => BitOperations.PopCount(octet)));
        Assert.Equal(1, device.ReadFaults().Corrupted);
    }

    [Fact]
    public void A_frame_damaged_for_the_link_is_whole_again_for_its_owner()
    {
        using MemoryDevice inner = new("m0");
        using FaultInjectingDevice device = new(inner, seed: 3, transmit: new() { Corrupt = 1 });
        using FramePool pool = new(1);
        pool.TryRent(64, out Frame frame);

        Assert.Equal(1, device.Transmit([frame]));

        Assert.True(inner.TryTakeTransmitted(out TransmittedFrame? sent));
        Assert.NotEqual(-1, sent.Octets.Span.IndexOfAnyExcept((byte)0));
        Assert.Equal(-1, frame.Octets.IndexOfAnyExcept((byte)0));
    }

    [Fact]
    public void A_refusing_link_takes_a_part_and_the_rest_can_be_sent_again()
    {
        List<int> sent = Transmitted(new() { Refuse = 0.1 }, out FaultStatistics faults);

        Assert.Equal(Enumerable.Range(0, Frames), sent);
        Assert.True(faults.Refused > 0);
    }

    [Fact]
    public void Transmitted_frames_are_dropped_repeated_and_swapped()
    {
        List<int> sent = Transmitted(
            new() { Drop = 0.1, Duplicate = 0.1, Reorder = 0.1 }, out FaultStatistics faults);

        Assert.Equal(Frames - faults.Dropped + faults.Duplicated, sent.Count);
        Assert.Equal(Frames - faults.Dropped, sent.Distinct().Count());
        Assert.NotEqual(sent.Order(), sent);
    }

    private static List<int> Received(FaultRates rates, out FaultStatistics faults, int seed = 3)
    {
        List<int> numbers = [];
        using MemoryDevice inner = new("m0", slots: 16);
        using FaultInjectingDevice device = new(inner, seed, receive: rates, slots: 8);
        Frame[] batch = new Frame[8];
        for (int i = 0; i < Frames; i++)
        {
            Assert.True(inner.Inject(BitConverter.GetBytes(i)));
            while ((i % 5 == 4 || i == Frames - 1) && inner.ReadStatistics().ReceivedFrames <= i)
            {
                int count = device.Receive(batch);
                for (int k = 0; k < count; k++)
                {
                    numbers.Add(BitConverter.ToInt32(batch[k].Octets));
                }

                device.Release(batch.AsSpan(0, count));
            }
        }

        Assert.Equal(0, device.ReadStatistics().RingDrops);
        faults = device.ReadFaults();
        return numbers;
    }

    private static List<int> Transmitted(FaultRates rates, out FaultStatistics faults)
    {
        using MemoryDevice inner = new("m0");
        using FaultInjectingDevice device = new(inner, seed: 3, transmit: rates);
        using FramePool pool = new(Frames);
        Frame[] frames = new Frame[Frames];
        for (int i = 0; i < Frames; i++)
        {
            Assert.True(pool.TryRent(sizeof(int), out frames[i]));
            BitConverter.TryWriteBytes(frames[i].Octets, i);
        }

        int done = 0;
        for (int tries = 0; done < Frames && tries < Frames; tries++)
        {
            done += device.Transmit(frames.AsSpan(done, Math.Min(64, Frames - done)));
        }

        List<int> numbers = [];
        while (inner.TryTakeTransmitted(out TransmittedFrame? sent))
        {
            numbers.Add(BitConverter.ToInt32(sent.Octets.Span));
        }

        faults = device.ReadFaults();
        return numbers;
    }
}
