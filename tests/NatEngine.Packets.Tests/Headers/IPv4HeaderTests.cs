using System;
using NatEngine.Packets.Headers;

namespace NatEngine.Packets.Tests.Headers;

public sealed class IPv4HeaderTests
{
    private const string Header = "45B80073BEEF40003F11B861" + "64400005" + "C6336407";

    [Fact]
    public void Reads_the_octets_of_a_header()
    {
        Assert.True(IPv4Header.TryParse(Convert.FromHexString(Header), out IPv4Header header));

        Assert.Equal(20, header.HeaderLength);
        Assert.Equal(0xB8, header.TrafficClass);
        Assert.Equal(0x73, header.TotalLength);
        Assert.Equal(0xBEEF, header.Identification);
        Assert.Equal(63, header.TimeToLive);
        Assert.Equal(IpProtocol.Udp, header.Protocol);
        Assert.Equal(0xB861, header.Checksum);
        Assert.Equal(IPv4Address.Parse("100.64.0.5"), header.Source);
        Assert.Equal(IPv4Address.Parse("198.51.100.7"), header.Destination);
    }

    [Theory]
    [InlineData(0x0000, false, false, false, 0)]
    [InlineData(0x4000, true, false, false, 0)]
    [InlineData(0x2000, false, true, true, 0)]
    [InlineData(0x2001, false, true, true, 8)]
    [InlineData(0x1FFF, false, false, true, 65528)]
    [InlineData(0x8000, false, false, false, 0)] // the reserved bit means nothing
    [InlineData(0x6000, true, true, true, 0)]
    public void Reads_flags_and_offset(ushort word, bool dontFragment, bool moreFragments, bool isFragment, int offset)
    {
        byte[] packet = Convert.FromHexString(Header);
        FrameWriter.Word(word).CopyTo(packet, 6);

        Assert.True(IPv4Header.TryParse(packet, out IPv4Header header));

        Assert.Equal(dontFragment, header.DontFragment);
        Assert.Equal(moreFragments, header.MoreFragments);
        Assert.Equal(isFragment, header.IsFragment);
        Assert.Equal(offset, header.FragmentOffset);
    }

    [Theory]
    [InlineData(0x45, 19)]
    [InlineData(0x45, 0)]
    [InlineData(0x46, 23)]
    [InlineData(0x4F, 59)]
    [InlineData(0x44, 60)]
    [InlineData(0x40, 60)]
    [InlineData(0x55, 60)]
    [InlineData(0x65, 60)]
    public void Refuses_impossible_headers(byte versionAndLength, int octets)
    {
        byte[] packet = new byte[octets];
        if (octets > 0)
        {
            packet[0] = versionAndLength;
        }

        Assert.False(IPv4Header.TryParse(packet, out _));
    }

    [Theory]
    [InlineData(0x45, 20)]
    [InlineData(0x46, 24)]
    [InlineData(0x4F, 60)]
    public void Accepts_a_header_that_just_fits(byte versionAndLength, int octets)
    {
        byte[] packet = new byte[octets];
        packet[0] = versionAndLength;

        Assert.True(IPv4Header.TryParse(packet, out IPv4Header header));
        Assert.Equal(octets, header.HeaderLength);
    }

    [Fact]
    public void What_is_set_is_in_the_packet_and_nothing_else_changes()
    {
        byte[] packet = Convert.FromHexString(Header);
        Assert.True(IPv4Header.TryParse(packet, out IPv4Header header));

        header.TotalLength = 0x1234;
        header.Identification = 0x5678;
        header.TimeToLive = 9;
        header.Checksum = 0xABCD;
        header.Source = IPv4Address.Parse("203.0.113.1");
        header.Destination = IPv4Address.Parse("198.18.1.2");

        Assert.Equal("45B81234567840000911ABCD" + "CB007101" + "C6120102", Convert.ToHexString(packet));
        Assert.Equal(0x1234, header.TotalLength);
        Assert.Equal(0x5678, header.Identification);
        Assert.Equal(0xABCD, header.Checksum);
        Assert.Equal(IPv4Address.Parse("203.0.113.1"), header.Source);
    }

    [Fact]
    public void Create_writes_a_whole_header_with_its_checksum_and_nothing_behind_it()
    {
        byte[] packet = new byte[21];
        packet.AsSpan().Fill(0xEE);

        IPv4Header header = IPv4Header.Create(
            packet, new IPv4Address(0xC0A8_0001), new IPv4Address(0xC0A8_00C7), IpProtocol.Udp, 0x73);

        Assert.Equal("4500007300000000" + "4011F861" + "C0A80001C0A800C7EE", Convert.ToHexString(packet));
        Assert.Equal(0, ReferenceChecksum.Of(packet[..20]));
        Assert.Equal(64, header.TimeToLive);
    }

    [Fact]
    public void Create_refuses_octets_that_cannot_hold_the_header()
        => Assert.Throws<ArgumentOutOfRangeException>(
            () => IPv4Header.Create(new byte[19], default, default, IpProtocol.Udp, 20));
}
