using System;
using System.Collections.Generic;
using NatEngine.Packets;
using NatEngine.Pipeline.Forwarding;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Tests;

public class ForwardingPartsTests
{
    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9", false)] // on the link
    [InlineData("198.51.100.9", "203.0.113.253", true)] // the longest prefix
    [InlineData("198.51.101.9", "203.0.113.252", true)] // a shorter one
    [InlineData("192.0.2.1", "203.0.113.254", true)] // the default route
    public void Finds_the_next_hop_by_the_longest_prefix(string destination, string nextHop, bool isRouter)
    {
        RouteTable routes = new(
            [Prefix("203.0.113.0/24")],
            [
                new Route(Prefix("0.0.0.0/0"), IPv4Address.Parse("203.0.113.254")),
                new Route(Prefix("198.51.100.0/23"), IPv4Address.Parse("203.0.113.252")),
                new Route(Prefix("198.51.100.0/24"), IPv4Address.Parse("203.0.113.253")),
                new Route(Prefix("198.51.100.0/24"), IPv4Address.Parse("203.0.113.251")),
            ]);
        Assert.True(routes.TryFind(IPv4Address.Parse(destination), out IPv4Address found, out bool router));
        Assert.Equal((IPv4Address.Parse(nextHop), isRouter), (found, router));
    }

    [Theory]
    [InlineData("203.0.113.0/24", "203.0.113.255", false)]
    [InlineData("203.0.113.0/24", "203.0.113.0", false)]
    [InlineData("203.0.113.0/31", "203.0.113.1", true)]
    [InlineData("203.0.113.0/31", "203.0.113.0", true)]
    [InlineData("203.0.113.0/24", "203.0.114.1", false)]
    public void Forwards_to_hosts_only(string connected, string destination, bool found)
    {
        RouteTable routes = new([Prefix(connected)], []);
        Assert.Equal(found, routes.TryFind(IPv4Address.Parse(destination), out _, out _));
    }

    [Fact]
    public void A_set_of_addresses_has_what_was_put_in_and_nothing_else()
    {
        Random random = new(3);
        HashSet<IPv4Address> expected = [];
        while (expected.Count < 500)
        {
            expected.Add(new IPv4Address((uint)random.NextInt64(1, uint.MaxValue)));
        }

        AddressSet set = new(expected);
        Assert.All(expected, address => Assert.True(set.Contains(address)));
        for (int trial = 0; trial < 10_000; trial++)
        {
            IPv4Address address = new((uint)random.NextInt64(1, uint.MaxValue));
            Assert.Equal(expected.Contains(address), set.Contains(address));
        }
    }

    [Fact]
    public void An_empty_set_has_nothing()
    {
        AddressSet set = new([]);
        Assert.False(set.Contains(Net.Host));
        Assert.False(set.Contains(IPv4Address.Any));
    }

    [Fact]
    public void A_bucket_gives_its_burst_at_once_and_its_rate_over_time()
    {
        TokenBucket bucket = new(perSecond: 100, burst: 5);
        Timestamp now = new(1_000_000);
        Assert.Equal(5, Take(bucket, now));
        Assert.Equal(0, Take(bucket, now.Add(TimeSpan.FromMilliseconds(9))));
        Assert.Equal(1, Take(bucket, now.Add(TimeSpan.FromMilliseconds(10))));
        Assert.Equal(5, Take(bucket, now.Add(TimeSpan.FromDays(1000))));
    }

    private static int Take(TokenBucket bucket, Timestamp now)
    {
        int taken = 0;
        while (taken < 100 && bucket.TryTake(now))
        {
            taken++;
        }

        return taken;
    }

    private static IPv4Prefix Prefix(string text)
    {
        Assert.True(IPv4Prefix.TryParse(text, out IPv4Prefix prefix));
        return prefix;
    }
}
