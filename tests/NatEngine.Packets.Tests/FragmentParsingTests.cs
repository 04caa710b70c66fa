namespace NatEngine.Packets.Tests;

/// <summary>Fragments, and what is refused of them because it serves only attacks.</summary>
public sealed class FragmentParsingTests
{
    private static readonly IPv4Address Client = new(FrameWriter.Client);
    private static readonly IPv4Address Server = new(FrameWriter.Server);

    [Fact]
    public void A_first_udp_fragment_is_shorter_than_its_datagram_says()
    {
        byte[] datagram = FrameWriter.Udp(payload: new byte[16], length: 3000);

        PacketFacts facts = Parse(FrameWriter.Ethernet(
            FrameWriter.IPv4(IpProtocol.Udp, datagram, flagsAndOffset: 0x2000)));

        Assert.Equal(PacketKind.Udp, facts.Kind);
        Assert.True(facts.IsFragment);
        Assert.Equal(53, facts.Tuple.Destination.Port);
    }

    [Theory]
    [InlineData(IpProtocol.Udp, 0x2001)]
    [InlineData(IpProtocol.Udp, 0x0001)] // the last one
    [InlineData(IpProtocol.Tcp, 0x0003)] // the first place after the TCP header
    [InlineData(IpProtocol.Icmp, 0x00B9)]
    [InlineData(IpProtocol.Gre, 0x2001)]
    public void A_later_fragment_has_no_ports(IpProtocol protocol, ushort flagsAndOffset)
    {
        PacketFacts facts = Parse(FrameWriter.Ethernet(
            FrameWriter.IPv4(protocol, new byte[24], flagsAndOffset: flagsAndOffset)));

        Assert.Equal(PacketKind.LaterFragment, facts.Kind);
        Assert.True(facts.IsFragment);
        Assert.Equal(0xBEEF, facts.Identification);
        Assert.Equal(new FlowTuple(new(Client, 0), new(Server, 0), protocol), facts.Tuple);
    }

    [Theory]
    [InlineData(0x2001, 0)] // empty
    [InlineData(0x1FFF, 8)] // 65,528 + 8 and the header are beyond 65,535
    [InlineData(0x1FFD, 4)] // one octet too many: 20 + 65,512 + 4
    public void Refuses_impossible_fragments(ushort flagsAndOffset, int payload)
    {
        byte[] packet = FrameWriter.IPv4(IpProtocol.Udp, new byte[payload], flagsAndOffset: flagsAndOffset);

        Assert.Equal(DropReason.MalformedIPv4, PacketParser.Parse(FrameWriter.Ethernet(packet), out _));
    }

    [Fact]
    public void Accepts_the_last_fragment_of_the_longest_packet()
    {
        byte[] packet = FrameWriter.IPv4(IpProtocol.Udp, new byte[3], flagsAndOffset: 0x1FFD);

        Assert.Equal(PacketKind.LaterFragment, Parse(FrameWriter.Ethernet(packet)).Kind);
    }

    [Theory] // RFC 1858 section 3.2.2, RFC 3128
    [InlineData(1)]
    [InlineData(2)]
    public void Refuses_fragments_that_would_overwrite_a_tcp_header(ushort offset)
    {
        byte[] packet = FrameWriter.IPv4(IpProtocol.Tcp, new byte[24], flagsAndOffset: offset);

        Assert.Equal(DropReason.MalformedTransport, PacketParser.Parse(FrameWriter.Ethernet(packet), out _));
    }

    [Fact] // RFC 1858 section 3: the tiny fragment
    public void Refuses_a_first_fragment_without_its_whole_tcp_header()
    {
        byte[] packet = FrameWriter.IPv4(IpProtocol.Tcp, FrameWriter.Tcp()[..16], flagsAndOffset: 0x2000);

        Assert.Equal(DropReason.MalformedTransport, PacketParser.Parse(FrameWriter.Ethernet(packet), out _));
    }

    private static PacketFacts Parse(byte[] frame)
    {
        Assert.Equal(DropReason.None, PacketParser.Parse(frame, out PacketFacts facts));
        return facts;
    }
}
