using System;
using System.Collections.Generic;
using NatEngine.Packets;
using NatEngine.Translation.Fragments;

namespace NatEngine.Translation.Tests.Fragments;

public sealed class FragmentTableTests
{
    [Fact]
    public void Forgets_the_oldest_packet_when_it_is_full()
    {
        using FragmentTable table = new(seed: 1);
        for (uint number = 0; number <= FragmentTable.MaxPassing; number++)
        {
            table.Add(new FragmentedPacket { Key = Key(number) }, now: 0);
        }

        Assert.Equal(FragmentTable.MaxPassing, table.Count);
        Assert.Equal(0u, table.Find(Key(0), now: 0));
        Assert.NotEqual(0u, table.Find(Key(1), now: 0));
        Assert.NotEqual(0u, table.Find(Key(FragmentTable.MaxPassing), now: 0));
    }

    [Fact]
    public void Keeps_what_passes_when_it_is_full_of_what_was_refused()
    {
        using FragmentTable table = new(seed: 1);
        table.Add(new FragmentedPacket { Key = Key(0) }, now: 0);
        for (uint number = 1; number <= 3 * FragmentTable.MaxRefused; number++)
        {
            table.Add(new FragmentedPacket { Key = Key(number), Refusal = DropReason.NoMapping }, now: 0);
        }

        Assert.Equal(FragmentTable.MaxRefused + 1, table.Count);
        Assert.NotEqual(0u, table.Find(Key(0), now: 0));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(uint.MaxValue - 100)] // the clock goes round
    public void Forgets_a_packet_when_its_time_is_over(uint now)
    {
        using FragmentTable table = new(seed: 1);
        table.Add(new FragmentedPacket { Key = Key(0) }, now);
        Assert.NotEqual(0u, table.Find(Key(0), now + FragmentTable.Lifetime - 1));
        Assert.Equal(0u, table.Find(Key(0), now + FragmentTable.Lifetime));
        Assert.Equal(0u, table.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Lets_each_unit_pass_once_as_a_set_of_them_says(int seed)
    {
        Random random = new(seed);
        using FragmentTable table = new(seed: 1);
        uint place = table.Add(new FragmentedPacket { Key = Key(0) }, now: 0);
        HashSet<int> passed = [];
        for (int attempt = 0; attempt < 20_000; attempt++)
        {
            int start = random.Next(8000);
            int end = start + random.Next(1, attempt < 10_000 ? 8 : 190);
            bool isNew = true;
            for (int unit = start; unit < end; unit++)
            {
                isNew &= !passed.Contains(unit);
            }

            Assert.Equal(isNew, table.TryPass(place, start, end, isLast: false));
            for (int unit = start; isNew && unit < end; unit++)
            {
                passed.Add(unit);
            }
        }

        Assert.Equal(passed.Count, table[place].Passed);
    }

    [Fact]
    public void Forgets_a_packet_when_all_of_it_has_passed()
    {
        using FragmentTable table = new(seed: 1);
        uint place = table.Add(new FragmentedPacket { Key = Key(0) }, now: 0);
        Assert.True(table.TryPass(place, 100, 128, isLast: true));
        Assert.True(table.TryPass(place, 0, 64, isLast: false));
        Assert.False(table.TryPass(place, 120, 130, isLast: false)); // beyond the end
        Assert.False(table.TryPass(place, 64, 100, isLast: true)); // another end
        Assert.True(table.TryPass(place, 64, 100, isLast: false));
        Assert.Equal(0u, table.Find(Key(0), now: 0));
    }

    private static FlowTuple Key(uint number) => new(
        new TransportAddress(new IPv4Address(number), 7), new TransportAddress(new IPv4Address(1), 0), IpProtocol.Udp);
}
