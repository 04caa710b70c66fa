using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Translation.Timing;

namespace NatEngine.Translation.Tests.Timing;

public sealed class TimingWheelTests
{
    [Theory]
    [InlineData(0U, 1000)]
    [InlineData(0U, 500_000)]
    [InlineData(0xFFFF_F000U, 100_000)] // time wraps around
    [InlineData(0x7FFF_0000U, 10_000_000)]
    public void Hands_out_each_entry_at_its_millisecond(uint start, int furthest)
    {
        const int Entries = 300;
        Random random = new(furthest);
        using TimingWheel wheel = new(Entries);
        uint now = start;
        Drain(wheel, now, []);
        Dictionary<uint, uint> deadlines = [];
        for (int step = 0; step < 4_000; step++)
        {
            uint entry = (uint)random.Next(1, Entries + 1);
            if (deadlines.Remove(entry))
            {
                wheel.Disarm(entry);
            }

            deadlines[entry] = now + (uint)random.Next(furthest);
            wheel.Arm(entry, deadlines[entry]);
            now += (uint)random.Next(furthest / 50);
            uint[] expected = [.. deadlines.Where(pair => (int)(pair.Value - now) <= 0).Select(pair => pair.Key)];
            uint[] due = Drain(wheel, now, deadlines);
            Assert.Equal(expected.Order(), due.Order());
        }
    }

    [Fact]
    public void Prolonged_entry_costs_a_look_per_timeout_not_per_packet()
    {
        using TimingWheel wheel = new(1);
        uint deadline = 300_000;
        wheel.Arm(1, deadline);
        int looks = 0;
        for (uint now = 0; now < 3_600_000; now += 1000)
        {
            deadline = now + 300_000;
            while (wheel.TryTake(now, out uint entry))
            {
                looks++;
                wheel.Arm(entry, deadline);
            }
        }

        // An hour of five minutes each, and on the way a step down from each higher wheel.
        Assert.InRange(looks, 12, 12 * 4);
    }

    [Fact]
    public void Disarmed_entry_is_not_handed_out()
    {
        using TimingWheel wheel = new(3);
        wheel.Arm(1, 10);
        wheel.Arm(2, 10);
        wheel.Arm(3, 10);
        wheel.Disarm(2);
        wheel.Disarm(2);
        Assert.Equal([1U, 3U], Drain(wheel, 10, new() { [1] = 10, [3] = 10 }).Order());
        Assert.False(wheel.TryTake(1_000_000, out _));
    }

    // Takes what is due; what is not is armed again, as its owner would.
    private static uint[] Drain(TimingWheel wheel, uint now, Dictionary<uint, uint> deadlines)
    {
        List<uint> due = [];
        while (wheel.TryTake(now, out uint entry))
        {
            if ((int)(deadlines[entry] - now) <= 0)
            {
                due.Add(entry);
                deadlines.Remove(entry);
            }
            else
            {
                wheel.Arm(entry, deadlines[entry]);
            }
        }

        return [.. due];
    }
}
