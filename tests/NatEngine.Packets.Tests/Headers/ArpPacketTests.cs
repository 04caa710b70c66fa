using System;
using NatEngine.Packets.Headers;

namespace NatEngine.Packets.Tests.Headers;

public sealed class ArpPacketTests
{
    private const string Reply = "0001080006040002" + "020A1B2C3D4E" + "64400001" + "FEDCBA987654" + "64400005";

    [Fact]
    public void Reads_the_octets_of_a_packet()
    {
        Assert.True(ArpPacket.TryParse(Convert.FromHexString(Reply), out ArpPacket arp));

        Assert.Equal(ArpOperation.Reply, arp.Operation);
        Assert.Equal(new MacAddress(0x020A_1B2C_3D4E), arp.SenderHardware);
        Assert.Equal(IPv4Address.Parse("100.64.0.1"), arp.SenderAddress);
        Assert.Equal(new MacAddress(0xFEDC_BA98_7654), arp.TargetHardware);
        Assert.Equal(IPv4Address.Parse("100.64.0.5"), arp.TargetAddress);
    }

    [Fact]
    public void Create_and_setters_make_those_octets()
    {
        byte[] octets = new byte[30];
        octets.AsSpan().Fill(0xEE);

        ArpPacket arp = ArpPacket.Create(octets, ArpOperation.Request);
        arp.Operation = ArpOperation.Reply;
        arp.SenderHardware = new MacAddress(0x020A_1B2C_3D4E);
        arp.SenderAddress = IPv4Address.Parse("100.64.0.1");
        arp.TargetHardware = new MacAddress(0xFEDC_BA98_7654);
        arp.TargetAddress = IPv4Address.Parse("100.64.0.5");

        Assert.Equal(Reply + "EEEE", Convert.ToHexString(octets));
    }

    [Fact]
    public void Refuses_every_length_below_its_own()
    {
        byte[] octets = Convert.FromHexString(Reply);
        for (int length = 0; length < octets.Length; length++)
        {
            Assert.False(ArpPacket.TryParse(octets.AsSpan(0, length), out _));
        }
    }

    [Theory]
    [InlineData(1)] // hardware type
    [InlineData(2)] // protocol type
    [InlineData(4)] // hardware length
    [InlineData(5)] // protocol length
    public void Refuses_other_address_families(int octet)
    {
        byte[] octets = Convert.FromHexString(Reply);
        octets[octet]++;

        Assert.False(ArpPacket.TryParse(octets, out _));
    }
}
