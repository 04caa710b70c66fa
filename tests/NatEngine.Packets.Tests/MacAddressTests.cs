using System;

namespace NatEngine.Packets.Tests;

public sealed class MacAddressTests
{
    [Fact]
    public void Reads_writes_and_prints_most_significant_octet_first()
    {
        byte[] octets = [0x02, 0x0A, 0x1B, 0x2C, 0x3D, 0xFE];

        MacAddress address = MacAddress.Read(octets);

        Assert.Equal(0x020A_1B2C_3DFEUL, address.Value);
        Assert.Equal("02:0a:1b:2c:3d:fe", address.ToString());
        byte[] written = new byte[7];
        address.Write(written);
        Assert.Equal([0x02, 0x0A, 0x1B, 0x2C, 0x3D, 0xFE, 0x00], written);
    }

    [Theory]
    [InlineData(0x0000_0000_0001, true)]
    [InlineData(0x0200_0000_0001, true)]
    [InlineData(0x0100_5E00_0001, false)] // IPv4 multicast
    [InlineData(0x3333_0000_0001, false)] // IPv6 multicast
    [InlineData(0xFFFF_FFFF_FFFF, false)]
    [InlineData(0x0000_0000_0000, false)]
    public void Knows_which_addresses_are_one_station_s(ulong value, bool isUnicast)
        => Assert.Equal(isUnicast, new MacAddress(value).IsUnicast);

    [Fact]
    public void Broadcast_is_all_ones() => Assert.Equal("ff:ff:ff:ff:ff:ff", MacAddress.Broadcast.ToString());

    [Fact]
    public void Refuses_five_octets()
        => Assert.Throws<ArgumentOutOfRangeException>(() => MacAddress.Read(new byte[5]));
}
