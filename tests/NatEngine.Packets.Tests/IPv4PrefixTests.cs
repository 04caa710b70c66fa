using System;
using CsCheck;

namespace NatEngine.Packets.Tests;

public sealed class IPv4PrefixTests
{
    [Theory]
    [InlineData("0.0.0.0/0", "0.0.0.0", "255.255.255.255")]
    [InlineData("100.64.0.0/16", "100.64.0.0", "100.64.255.255")]
    [InlineData("128.0.0.0/1", "128.0.0.0", "255.255.255.255")]
    [InlineData("203.0.113.8/31", "203.0.113.8", "203.0.113.9")]
    [InlineData("203.0.113.8/32", "203.0.113.8", "203.0.113.8")]
    public void Reads_and_prints_a_block(string text, string first, string last)
    {
        Assert.True(IPv4Prefix.TryParse(text, out IPv4Prefix prefix));

        Assert.Equal(text, prefix.ToString());
        Assert.Equal(IPv4Address.Parse(first), prefix.Network);
        Assert.Equal(IPv4Address.Parse(last), prefix.Last);
        Assert.True(prefix.Contains(prefix.Network) && prefix.Contains(prefix.Last));
    }

    [Fact]
    public void An_address_alone_is_a_block_of_one()
    {
        Assert.True(IPv4Prefix.TryParse("203.0.113.8", out IPv4Prefix prefix));
        Assert.Equal("203.0.113.8/32", prefix.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/8")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/08")]
    [InlineData("10.0.0.0/8 ")]
    [InlineData("10.0.0.0/8\0")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("10.0.0.0/255.0.0.0")]
    [InlineData("10.0.0.1/8")] // bits below the length
    [InlineData("10.0.0/8")]
    public void Refuses_anything_else(string text)
    {
        Assert.False(IPv4Prefix.TryParse(text, out IPv4Prefix prefix));
        Assert.Equal(default, prefix);
    }

    [Fact]
    public void Contains_what_shares_its_first_bits()
        => Gen.Select(Gen.UInt, Gen.UInt, Gen.Int[0, 32]).Sample((address, other, length) =>
        {
            IPv4Prefix prefix = new(new IPv4Address(address), length);
            bool shares = length == 0 || (address ^ other) >> (32 - length) == 0;

            Assert.Equal(shares, prefix.Contains(new IPv4Address(other)));
            Assert.True(prefix.Contains(new IPv4Address(address)));
        });

    [Theory]
    [InlineData("100.64.0.0/16", "100.64.7.0/24", true)]
    [InlineData("100.64.0.0/16", "100.64.0.0/16", true)]
    [InlineData("100.64.0.0/16", "100.64.0.0/15", false)]
    [InlineData("100.64.0.0/16", "100.65.0.0/24", false)]
    [InlineData("0.0.0.0/0", "255.0.0.0/8", true)]
    public void Contains_narrower_blocks_of_its_own(string wide, string narrow, bool contains)
    {
        Assert.True(IPv4Prefix.TryParse(wide, out IPv4Prefix outer));
        Assert.True(IPv4Prefix.TryParse(narrow, out IPv4Prefix inner));
        Assert.Equal(contains, outer.Contains(inner));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(33)]
    public void Refuses_impossible_lengths(int length)
        => Assert.Throws<ArgumentOutOfRangeException>(() => new IPv4Prefix(default, length));

    [Fact]
    public void Blocks_made_of_different_addresses_of_one_block_are_equal()
        => Assert.Equal(
            new IPv4Prefix(IPv4Address.Parse("100.64.1.2"), 16), new IPv4Prefix(IPv4Address.Parse("100.64.200.1"), 16));
}
