using System;
using System.Globalization;
using System.Net;
using CsCheck;

namespace NatEngine.Packets.Tests;

public sealed class IPv4AddressTests
{
    [Theory]
    [InlineData("0.0.0.0", 0x0000_0000)]
    [InlineData("192.0.2.1", 0xC000_0201)]
    [InlineData("100.64.0.5", 0x6440_0005)]
    [InlineData("255.255.255.255", 0xFFFF_FFFF)]
    public void Reads_and_prints_the_dotted_form(string text, uint value)
    {
        Assert.True(IPv4Address.TryParse(text, out IPv4Address address));
        Assert.Equal(value, address.Value);
        Assert.Equal(text, address.ToString());
        Assert.Equal(address, IPv4Address.Parse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.")]
    [InlineData(".1.2.3")]
    [InlineData("1..2.3")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.4294967297")]
    [InlineData("1.2.3.04")] // octal to some
    [InlineData("1.2.3.00")]
    [InlineData("0x1.2.3.4")]
    [InlineData("1.2.3.-4")]
    [InlineData("1.2.3.+4")]
    [InlineData(" 1.2.3.4")]
    [InlineData("1.2.3.4 ")]
    [InlineData("1.2.3.4\0")] // the framework's own parsers take trailing NULs
    [InlineData("1.2.3\0.4")]
    [InlineData("1.2.3.٤")] // a digit, but not one of ours
    [InlineData("16909060")]
    [InlineData("::ffff:1.2.3.4")]
    public void Refuses_anything_else(string text)
    {
        Assert.False(IPv4Address.TryParse(text, out IPv4Address address));
        Assert.Equal(default, address);
        Assert.Throws<FormatException>(() => IPv4Address.Parse(text));
    }

    [Fact]
    public void Refuses_null() => Assert.False(IPv4Address.TryParse(null, CultureInfo.InvariantCulture, out _));

    [Fact]
    public void Prints_as_the_framework_does_and_reads_it_back()
        => Gen.UInt.Sample(value =>
        {
            IPv4Address address = new(value);
            IPAddress other = address.ToIPAddress();

            Assert.Equal(other.ToString(), address.ToString());
            Assert.Equal(address, IPv4Address.From(other));
            Assert.Equal(address, IPv4Address.Parse(address.ToString()));
        });

    [Fact]
    public void Refuses_to_be_made_of_an_IPv6_address()
        => Assert.Throws<ArgumentException>(() => IPv4Address.From(IPAddress.IPv6Loopback));

    [Theory]
    [InlineData("198.51.100.7", true)]
    [InlineData("1.0.0.0", true)]
    [InlineData("223.255.255.255", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("0.255.255.255", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("224.0.0.0", false)]
    [InlineData("239.255.255.255", false)]
    [InlineData("240.0.0.0", false)]
    [InlineData("255.255.255.255", false)]
    public void Knows_which_addresses_a_host_can_have(string text, bool isUnicast)
        => Assert.Equal(isUnicast, IPv4Address.Parse(text).IsUnicast);

    [Fact]
    public void Compares_as_numbers()
    {
        IPv4Address low = IPv4Address.Parse("9.255.255.255");
        IPv4Address high = IPv4Address.Parse("200.0.0.0");

        Assert.True(low < high && low <= high && high > low && high >= low);
        Assert.True(low.CompareTo(high) < 0);
        Assert.False(high < low);
    }

    [Fact]
    public void Formats_into_what_just_fits_and_refuses_less()
    {
        IPv4Address address = IPv4Address.Parse("100.64.0.5");

        Assert.True(address.TryFormat(new char[10], out int written, default, null));
        Assert.Equal(10, written);
        Assert.False(address.TryFormat(new char[9], out _, default, null));
    }
}
