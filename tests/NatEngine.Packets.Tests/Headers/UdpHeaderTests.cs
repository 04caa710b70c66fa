using System;
using NatEngine.Packets.Headers;

namespace NatEngine.Packets.Tests.Headers;

public sealed class UdpHeaderTests
{
    [Fact]
    public void Reads_the_octets_of_a_header()
    {
        Assert.True(UdpHeader.TryParse(Convert.FromHexString("9C4000350009BEEF00"), out UdpHeader header));

        Assert.Equal(40000, header.SourcePort);
        Assert.Equal(53, header.DestinationPort);
        Assert.Equal(9, header.DatagramLength);
        Assert.Equal(0xBEEF, header.Checksum);
    }

    [Fact]
    public void Refuses_every_length_below_its_own()
    {
        for (int length = 0; length < UdpHeader.Length; length++)
        {
            Assert.False(UdpHeader.TryParse(new byte[length], out _));
        }

        Assert.True(UdpHeader.TryParse(new byte[UdpHeader.Length], out _));
    }

    [Fact]
    public void What_is_set_is_in_the_datagram_and_nothing_else_changes()
    {
        byte[] datagram = Convert.FromHexString("9C4000350009BEEF77");
        Assert.True(UdpHeader.TryParse(datagram, out UdpHeader header));

        header.SourcePort = 0x1122;
        header.DestinationPort = 0x3344;
        header.DatagramLength = 0x5566;
        header.Checksum = 0x7788;

        Assert.Equal("112233445566778877", Convert.ToHexString(datagram));
        Assert.Equal(0x77, datagram[UdpHeader.ChecksumOffset]);
        Assert.Equal(0x5566, header.DatagramLength);
        Assert.Equal(0x7788, header.Checksum);
    }
}
