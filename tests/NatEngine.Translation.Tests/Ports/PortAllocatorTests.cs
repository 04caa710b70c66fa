using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Translation.Ports;

namespace NatEngine.Translation.Tests.Ports;

public sealed class PortAllocatorTests
{
    [Theory]
    [InlineData(1024, 65535)]
    [InlineData(0, 65535)]
    [InlineData(1, 1)]
    [InlineData(63, 64)]
    public void Gives_every_port_of_its_range_exactly_once(int first, int last)
    {
        PortRange range = new((ushort)first, (ushort)last);
        PortAllocator allocator = new(range, []);
        Random random = new(5);
        HashSet<int> given = [];
        for (int count = 0; count < range.Count; count++)
        {
            int port = allocator.TakeAny(random, (ushort)count);
            Assert.True(range.Contains(port));
            Assert.True(given.Add(port), $"{port} was given twice");
        }

        Assert.Equal((PortAllocator.None, 0), (allocator.TakeAny(random, 0), allocator.FreeCount));
        Assert.False(allocator.TryTake((ushort)first));
        allocator.Release((ushort)last);
        Assert.Equal(last, allocator.TakeAny(random, (ushort)first));
    }

    [Fact]
    public void Leaves_excluded_ports_alone()
    {
        PortAllocator allocator = new(new PortRange(100, 199), [new PortRange(120, 149), new PortRange(190, 300)]);
        Assert.Equal(60, allocator.Capacity);
        Assert.False(allocator.TryTake(120));
        HashSet<int> given = [.. Enumerable.Range(0, 60).Select(_ => allocator.TakeAny(new Random(1), 0))];
        Assert.Equal(Enumerable.Range(100, 20).Concat(Enumerable.Range(150, 40)), given.Order());
    }

    [Fact]
    public void Keeps_the_parity_while_a_port_of_that_parity_is_left()
    {
        PortAllocator allocator = new(new PortRange(1000, 1999), []);
        Random random = new(3);
        Assert.All(Enumerable.Range(0, 500), _ => Assert.Equal(1, allocator.TakeAny(random, 77) % 2));
        Assert.Equal(0, allocator.TakeAny(random, 77) % 2);
    }

    [Fact] // RFC 6056: not the next one, but one that cannot be guessed
    public void Chooses_at_random()
    {
        PortAllocator allocator = new(new PortRange(1024, 65535), []);
        Random random = new(11);
        int[] given = [.. Enumerable.Range(0, 1000).Select(_ => allocator.TakeAny(random, 0))];
        int[] quarters = [.. given.GroupBy(port => (port - 1024) / 16128).OrderBy(q => q.Key).Select(q => q.Count())];
        Assert.Equal(4, quarters.Length);
        Assert.All(quarters, count => Assert.InRange(count, 200, 300));
        Assert.InRange(given.Zip(given.Skip(1)).Count(pair => Math.Abs(pair.First - pair.Second) <= 64), 0, 20);
    }
}
