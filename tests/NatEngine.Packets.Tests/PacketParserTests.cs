using System;
using System.Linq;
using NatEngine.Packets.Headers;

namespace NatEngine.Packets.Tests;

public sealed class PacketParserTests
{
    private static readonly IPv4Address Client = new(FrameWriter.Client);
    private static readonly IPv4Address Server = new(FrameWriter.Server);

    [Fact]
    public void Reads_a_tcp_segment()
    {
        // 100.64.0.5:40000 -> 198.51.100.7:443, SYN with the maximum segment size.
        byte[] frame = Convert.FromHexString(
            "020000000001020000000002" + "0800"
            + "4500002CBEEF40003F06D071" + "64400005" + "C6336407"
            + "9C4001BB0102030400000000" + "6002FAF0" + "00000000" + "020405B4");
        FrameWriter.WithChecksum(frame[14..34], 10).CopyTo(frame, 14);

        Assert.Equal(DropReason.None, PacketParser.Parse(frame, out PacketFacts facts));

        Assert.Equal(PacketKind.Tcp, facts.Kind);
        Assert.Equal(new FlowTuple(new(Client, 40000), new(Server, 443), IpProtocol.Tcp), facts.Tuple);
        Assert.Equal(Client, facts.Source);
        Assert.Equal(Server, facts.Destination);
        Assert.Equal(14, facts.NetworkOffset);
        Assert.Equal(34, facts.TransportOffset);
        Assert.Equal(44, facts.NetworkLength);
        Assert.Equal(0xBEEF, facts.Identification);
        Assert.Equal(63, facts.TimeToLive);
        Assert.True(facts.DontFragment);
        Assert.False(facts.IsFragment);
        Assert.Equal(TcpFlags.Syn, facts.TcpFlags);
        Assert.Equal(0x0102_0304U, facts.TcpSequence);
        Assert.Equal(0U, facts.TcpAcknowledgment);
        Assert.Equal(0xFAF0, facts.TcpWindow);
        Assert.Equal(0, facts.TcpPayloadLength);
        Assert.Equal((default, 0), (facts.Station, facts.TrafficClass)); // nobody has asked
    }

    [Fact]
    public void Reads_who_sent_it_and_how_it_is_to_be_served_for_rules()
    {
        byte[] packet = FrameWriter.IPv4(IpProtocol.Tcp, FrameWriter.Tcp());
        packet[1] = 0xB9;
        byte[] frame = FrameWriter.Ethernet(FrameWriter.WithChecksum(packet[..20], 10).Concat(packet[20..]).ToArray());
        Convert.FromHexString("0200000000FE").CopyTo(frame, 6);

        Assert.Equal(DropReason.None, PacketParser.ParseForRules(frame, out PacketFacts facts));

        Assert.Equal("02:00:00:00:00:fe", facts.Station.ToString());
        Assert.Equal(0xB9, facts.TrafficClass);
        Assert.Equal(Parse(frame).Tuple, facts.Tuple);
    }

    [Fact]
    public void Finds_nothing_for_rules_in_what_is_no_packet()
    {
        byte[] arp = [.. new byte[12], 0x08, 0x06, 0, 1, 8, 0, 6, 4, 0, 1, .. new byte[20]];

        Assert.Equal(DropReason.None, PacketParser.ParseForRules(arp, out PacketFacts facts));
        Assert.Equal(PacketKind.Arp, facts.Kind);
        Assert.Equal(DropReason.TruncatedEthernet, PacketParser.ParseForRules(arp.AsSpan(0, 13), out _));
        Assert.Equal(DropReason.MalformedIPv4, PacketParser.ParseForRules(FrameWriter.Ethernet(new byte[19]), out _));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(100, 0, 0)]
    [InlineData(100, 12, 0)]
    [InlineData(1, 40, 40)]
    public void Tcp_payload_is_what_follows_the_options_and_precedes_the_padding(
        int payload, int options, int ipOptions)
    {
        byte[] segment = FrameWriter.Tcp(options: options, payload: new byte[payload]);
        byte[] packet = FrameWriter.IPv4(IpProtocol.Tcp, segment, options: new byte[ipOptions]);

        PacketFacts facts = Parse(FrameWriter.Ethernet(packet, padding: 7));

        Assert.Equal(payload, facts.TcpPayloadLength);
        Assert.Equal(34 + ipOptions, facts.TransportOffset);
        Assert.Equal(packet.Length, facts.NetworkLength);
    }

    [Theory]
    [InlineData(new ushort[] { }, 14)]
    [InlineData(new ushort[] { 0x8100 }, 18)]
    [InlineData(new ushort[] { 0x88A8, 0x8100 }, 22)]
    [InlineData(new ushort[] { 0x8100, 0x8100 }, 22)]
    public void Steps_over_vlan_tags(ushort[] tags, int networkOffset)
    {
        byte[] packet = FrameWriter.IPv4(IpProtocol.Udp, FrameWriter.Udp());

        PacketFacts facts = Parse(FrameWriter.Ethernet(packet, tagTypes: tags));

        Assert.Equal(PacketKind.Udp, facts.Kind);
        Assert.Equal(networkOffset, facts.NetworkOffset);
        Assert.Equal(networkOffset + 20, facts.TransportOffset);
        Assert.Equal(new FlowTuple(new(Client, 40000), new(Server, 53), IpProtocol.Udp), facts.Tuple);
    }

    [Theory]
    [InlineData(0x86DD)] // IPv6
    [InlineData(0x05DC)] // a length: IEEE 802.3 with LLC
    [InlineData(0x8100)] // a third tag
    public void Leaves_what_is_neither_IPv4_nor_Arp_to_others(ushort type)
    {
        ushort[] tags = type == 0x8100 ? [0x88A8, 0x8100] : [];

        Assert.Equal(PacketKind.OtherEtherType, Parse(FrameWriter.Ethernet(new byte[40], type, 0, tags)).Kind);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(13, 0)]
    [InlineData(17, 1)] // the first tag ends in octet 17
    [InlineData(21, 2)]
    public void Refuses_a_frame_shorter_than_its_ethernet_header_and_tags(int length, int tags)
    {
        byte[] frame = FrameWriter.Ethernet(new byte[40], tagTypes: new ushort[] { 0x8100, 0x8100 }[..tags]);

        Assert.Equal(DropReason.TruncatedEthernet, PacketParser.Parse(frame.AsSpan(0, length), out _));
    }

    [Theory]
    [InlineData(0x44, 40, 40)] // header of four words
    [InlineData(0x65, 40, 40)] // version 6
    [InlineData(0x45, 19, 40)] // total length shorter than the header
    [InlineData(0x46, 20, 40)] // total length shorter than the header with options
    [InlineData(0x45, 41, 40)] // total length longer than the frame
    [InlineData(0x45, 19, 19)] // shorter than any header
    [InlineData(0x4F, 60, 59)] // options cut short
    [InlineData(0x45, 0, 40)] // as a super-frame beyond 64 KiB would have it
    public void Refuses_impossible_IPv4_lengths(byte versionAndLength, ushort totalLength, int octets)
    {
        byte[] packet = FrameWriter.IPv4(IpProtocol.Udp, new byte[40], totalLength: totalLength);
        packet[0] = versionAndLength;
        byte[] frame = FrameWriter.Ethernet(packet[..octets]);

        Assert.Equal(DropReason.MalformedIPv4, PacketParser.Parse(frame, out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(40)]
    public void Refuses_a_wrong_IPv4_checksum_wherever_the_error_is(int options)
    {
        byte[] packet = FrameWriter.IPv4(IpProtocol.Udp, FrameWriter.Udp(), options: new byte[options]);
        for (int octet = 1; octet < 20 + options; octet++)
        {
            if (octet is 2 or 3)
            {
                continue; // the total length, judged before
            }

            byte[] wrong = (byte[])packet.Clone();
            wrong[octet] ^= 0x10;
            Assert.Equal(DropReason.BadIPv4Checksum, PacketParser.Parse(FrameWriter.Ethernet(wrong), out _));
        }
    }

    [Theory]
    [InlineData(19, 0x50)] // shorter than any header
    [InlineData(20, 0x40)] // data offset of four words
    [InlineData(20, 0x60)] // options beyond the segment
    [InlineData(59, 0xF0)]
    public void Refuses_impossible_tcp_lengths(int octets, byte dataOffset)
    {
        byte[] segment = FrameWriter.Tcp(options: 40);
        segment[12] = dataOffset;

        Assert.Equal(DropReason.MalformedTransport, ParseTransport(IpProtocol.Tcp, segment[..octets]));
    }

    [Theory]
    [InlineData(7, 8)] // one octet short of a header
    [InlineData(8, 7)] // length field smaller than the header
    [InlineData(8, 0)]
    [InlineData(8, 9)] // length field larger than the datagram
    public void Refuses_impossible_udp_lengths(int octets, ushort lengthField)
        => Assert.Equal(
            DropReason.MalformedTransport,
            ParseTransport(IpProtocol.Udp, FrameWriter.Udp(length: lengthField)[..octets]));

    [Fact] // UDP options and old padding: the rest of the packet is not the datagram's
    public void Accepts_a_udp_datagram_shorter_than_its_packet()
        => Assert.Equal(
            DropReason.None, ParseTransport(IpProtocol.Udp, FrameWriter.Udp(payload: new byte[9], length: 8)));

    [Fact]
    public void Other_protocols_have_no_ports()
    {
        PacketFacts facts = Parse(FrameWriter.Ethernet(FrameWriter.IPv4(IpProtocol.Esp, [])));

        Assert.Equal(PacketKind.OtherProtocol, facts.Kind);
        Assert.Equal(new FlowTuple(new(Client, 0), new(Server, 0), IpProtocol.Esp), facts.Tuple);
    }

    [Fact]
    public void Reads_the_longest_packet_there_is()
    {
        byte[] segment = FrameWriter.Tcp(payload: new byte[65535 - 20 - 20]);

        PacketFacts facts = Parse(FrameWriter.Ethernet(FrameWriter.IPv4(IpProtocol.Tcp, segment), tagTypes: 0x8100));

        Assert.Equal(65535, facts.NetworkLength);
        Assert.Equal(65495, facts.TcpPayloadLength);
    }

    [Fact]
    public void Reads_arp()
    {
        PacketFacts facts = Parse(FrameWriter.Ethernet(FrameWriter.Arp(), 0x0806, padding: 18, 0x8100));

        Assert.Equal(PacketKind.Arp, facts.Kind);
        Assert.Equal(18, facts.NetworkOffset);
    }

    [Theory]
    [InlineData(6, 0x0800, 6, 4, 28)]
    [InlineData(1, 0x86DD, 6, 4, 28)]
    [InlineData(1, 0x0800, 8, 4, 28)]
    [InlineData(1, 0x0800, 6, 16, 28)]
    [InlineData(1, 0x0800, 6, 4, 27)]
    public void Refuses_arp_that_is_not_for_IPv4_over_Ethernet(
        ushort hardware, ushort protocol, byte hardwareLength, byte protocolLength, int octets)
    {
        byte[] arp = FrameWriter.Arp(hardware, protocol, hardwareLength, protocolLength)[..octets];

        Assert.Equal(DropReason.MalformedArp, PacketParser.Parse(FrameWriter.Ethernet(arp, 0x0806), out _));
    }

    [Fact]
    public void Allocates_nothing()
    {
        byte[][] frames =
        [
            FrameWriter.Ethernet(FrameWriter.IPv4(IpProtocol.Tcp, FrameWriter.Tcp()), tagTypes: 0x8100),
            FrameWriter.Ethernet(FrameWriter.IPv4(IpProtocol.Udp, FrameWriter.Udp())),
            FrameWriter.Ethernet(FrameWriter.IPv4(IpProtocol.Icmp, FrameWriter.Icmp(IcmpType.EchoRequest))),
            FrameWriter.Ethernet(FrameWriter.IPv4(
                IpProtocol.Icmp,
                FrameWriter.Icmp(IcmpType.TimeExceeded, payload: FrameWriter.IPv4(IpProtocol.Udp, FrameWriter.Udp())))),
            FrameWriter.Ethernet(FrameWriter.Arp(), 0x0806),
            FrameWriter.Ethernet(new byte[3]),
        ];
        int parsed = ParseAll(frames, rounds: 10);

        long before = GC.GetAllocatedBytesForCurrentThread();
        parsed += ParseAll(frames, rounds: 10_000);
        long after = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(0, after - before);
        Assert.Equal(10_010 * 5, parsed);
    }

    private static int ParseAll(byte[][] frames, int rounds)
    {
        int parsed = 0;
        for (int round = 0; round < rounds; round++)
        {
            foreach (byte[] frame in frames)
            {
                parsed += PacketParser.Parse(frame, out _) == DropReason.None ? 1 : 0;
            }
        }

        return parsed;
    }

    private static DropReason ParseTransport(IpProtocol protocol, byte[] transport)
        => PacketParser.Parse(FrameWriter.Ethernet(FrameWriter.IPv4(protocol, transport)), out _);

    private static PacketFacts Parse(byte[] frame)
    {
        Assert.Equal(DropReason.None, PacketParser.Parse(frame, out PacketFacts facts));
        return facts;
    }
}
