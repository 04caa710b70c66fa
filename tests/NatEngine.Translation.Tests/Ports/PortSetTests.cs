using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Translation.Ports;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation.Tests.Ports;

public sealed class PortSetTests
{
    [Theory]
    [InlineData(1024, 65535)]
    [InlineData(0, 65535)]
    [InlineData(1, 1)]
    [InlineData(63, 64)]
    public void Gives_every_port_of_its_range_exactly_once(int first, int last)
    {
        PortRange range = new((ushort)first, (ushort)last);
        using NativeArray<ulong> words = new(PortSet.Words * 2);
        PortSet set = Filled(words, range);
        Random random = new(5);
        HashSet<int> given = [];
        for (int count = 0; count < range.Count; count++)
        {
            int port = TakeAny(set, random, (ushort)count);
            Assert.True(range.Contains(port));
            Assert.True(given.Add(port), $"{port} was given twice");
        }

        Assert.Equal((PortSet.None, 0), (TakeAny(set, random, 0), set.FreeCount));
        Assert.False(set.TryTake((ushort)first));
        set.Release((ushort)last);
        Assert.Equal(last, TakeAny(set, random, (ushort)first));
    }

    [Fact]
    public void Leaves_excluded_ports_alone()
    {
        using NativeArray<ulong> words = new(PortSet.Words * 2);
        PortSet set = Filled(words, new PortRange(100, 199), new PortRange(120, 149), new PortRange(190, 300));
        Assert.Equal(60, set.FreeCount);
        Assert.False(set.TryTake(120));
        HashSet<int> given = [.. Enumerable.Range(0, 60).Select(_ => TakeAny(set, new Random(1), 0))];
        Assert.Equal(Enumerable.Range(100, 20).Concat(Enumerable.Range(150, 40)), given.Order());
    }

    [Fact]
    public void Keeps_the_parity_while_a_port_of_that_parity_is_left()
    {
        using NativeArray<ulong> words = new(PortSet.Words * 2);
        PortSet set = Filled(words, new PortRange(1000, 1999));
        Random random = new(3);
        Assert.All(Enumerable.Range(0, 500), _ => Assert.Equal(1, TakeAny(set, random, 77) % 2));
        Assert.Equal(0, TakeAny(set, random, 77) % 2);
    }

    [Fact] // RFC 6056: not the next one, but one that cannot be guessed
    public void Chooses_at_random()
    {
        using NativeArray<ulong> words = new(PortSet.Words * 2);
        PortSet set = Filled(words, new PortRange(1024, 65535));
        Random random = new(11);
        int[] given = [.. Enumerable.Range(0, 1000).Select(_ => TakeAny(set, random, 0))];
        int[] quarters = [.. given.GroupBy(port => (port - 1024) / 16128).OrderBy(q => q.Key).Select(q => q.Count())];
        Assert.Equal(4, quarters.Length);
        Assert.All(quarters, count => Assert.InRange(count, 200, 300));
        Assert.InRange(given.Zip(given.Skip(1)).Count(pair => Math.Abs(pair.First - pair.Second) <= 64), 0, 20);
    }

    [Theory] // RFC 4787 REQ-4 can be switched off: then the next one is the next one
    [InlineData(1030, 1030)]
    [InlineData(1031, 1031)]
    [InlineData(1040, 1030)] // round the end
    public void Finds_the_next_of_either_parity(ushort start, int expected)
    {
        using NativeArray<ulong> words = new(PortSet.Words * 2);
        PortSet set = Filled(words, new PortRange(1030, 1033));
        Assert.Equal(expected, set.FindNext(PortRange.All, start));
        Assert.True(set.TryTake(1030) && set.TryTake(1032));
        Assert.Equal(1031, set.FindNext(PortRange.All, start));
        Assert.True(set.TryTake(1031) && set.TryTake(1033));
        Assert.Equal(PortSet.None, set.FindNext(PortRange.All, start));
    }

    [Theory]
    [InlineData(2000, 2003, 2002, new[] { 2002, 2003, 2000, 2001 })]
    [InlineData(1030, 1031, 1031, new[] { 1031, 1030 })]
    public void Looks_within_a_range_only(ushort first, ushort last, ushort start, int[] expected)
    {
        using NativeArray<ulong> words = new(PortSet.Words * 2);
        PortSet set = Filled(words, new PortRange(1024, 65535));
        PortRange within = new(first, last);
        foreach (int port in expected)
        {
            Assert.Equal(port, set.FindNext(within, start));
            Assert.True(set.TryTake((ushort)port));
        }

        Assert.Equal(PortSet.None, set.FindNext(within, start));
        Assert.Equal(PortSet.None, set.FindNext(within, start, odd: true));
        Assert.Equal(64512 - expected.Length, set.FreeCount);
    }

    [Fact]
    public void Copy_is_of_its_own()
    {
        using NativeArray<ulong> words = new(PortSet.Words * 2);
        PortSet set = Filled(words, new PortRange(1024, 65535));
        PortSet copy = new(words, 0);
        copy.CopyFrom(set);
        Assert.Equal(64512, copy.FreeCount);
        Assert.True(copy.TryTake(5000));
        Assert.True(set.IsFree(5000));
        Assert.False(copy.IsFree(5000));
    }

    // Not at the start of the array, so that a view that forgot its place would be found out.
    private static PortSet Filled(NativeArray<ulong> words, PortRange range, params PortRange[] excluded)
    {
        PortSet set = new(words, PortSet.Words);
        set.Fill(range, excluded);
        return set;
    }

    private static int TakeAny(PortSet set, Random random, ushort like)
    {
        int port = set.FindNext(PortRange.All, (ushort)random.Next(65536), (like & 1) != 0);
        Assert.True(port == PortSet.None || set.TryTake((ushort)port));
        return port;
    }
}
