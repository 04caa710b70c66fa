using NatEngine.Packets.Headers;

namespace NatEngine.Packets.Tests;

public sealed class IcmpParserTests
{
    private const ushort Identifier = 0x1234;

    private static readonly IPv4Address Client = new(FrameWriter.Client);
    private static readonly IPv4Address Server = new(FrameWriter.Server);

    [Theory] // nf_conntrack_proto_icmp.c
    [InlineData(IcmpType.EchoRequest, 0x0800)]
    [InlineData(IcmpType.TimestampRequest, 0x0D00)]
    [InlineData(IcmpType.AddressMaskRequest, 0x1100)]
    public void The_identifier_stands_in_the_port_of_the_host_that_asks(IcmpType type, ushort typeAndCode)
    {
        PacketFacts facts = Parse(FrameWriter.Icmp(type, identifier: Identifier));

        Assert.Equal(PacketKind.IcmpQuery, facts.Kind);
        Assert.Equal(type, facts.IcmpType);
        Assert.Equal(new FlowTuple(new(Client, Identifier), new(Server, typeAndCode), IpProtocol.Icmp), facts.Tuple);
    }

    [Theory]
    [InlineData(IcmpType.EchoRequest, IcmpType.EchoReply)]
    [InlineData(IcmpType.TimestampRequest, IcmpType.TimestampReply)]
    [InlineData(IcmpType.AddressMaskRequest, IcmpType.AddressMaskReply)]
    public void An_answer_has_the_tuple_that_is_the_reply_of_its_query(IcmpType query, IcmpType answer)
    {
        PacketFacts asked = Parse(FrameWriter.Icmp(query, identifier: Identifier));
        PacketFacts answered = Parse(
            FrameWriter.Icmp(answer, identifier: Identifier), FrameWriter.Server, FrameWriter.Client);

        Assert.Equal(asked.Tuple.Reply(), answered.Tuple);
        Assert.Equal(asked.Tuple, answered.Tuple.Reply());
        Assert.Equal(PacketKind.IcmpQuery, answered.Kind);
    }

    [Fact]
    public void Queries_of_different_type_or_identifier_have_different_tuples()
    {
        FlowTuple echo = Parse(FrameWriter.Icmp(IcmpType.EchoRequest, identifier: 1)).Tuple;

        Assert.NotEqual(echo, Parse(FrameWriter.Icmp(IcmpType.EchoRequest, identifier: 2)).Tuple);
        Assert.NotEqual(echo, Parse(FrameWriter.Icmp(IcmpType.TimestampRequest, identifier: 1)).Tuple);
        Assert.NotEqual(echo, Parse(FrameWriter.Icmp(IcmpType.EchoReply, identifier: 1)).Tuple);
    }

    [Fact] // what an end host computes is the end host's to check
    public void A_query_with_a_wrong_checksum_passes()
    {
        byte[] message = FrameWriter.Icmp(IcmpType.EchoRequest);
        message[2] ^= 1;

        Assert.Equal(PacketKind.IcmpQuery, Parse(message).Kind);
    }

    [Theory]
    [InlineData(IcmpType.Redirect)]
    [InlineData((IcmpType)9)] // router advertisement
    [InlineData((IcmpType)42)] // extended echo request, RFC 8335
    public void Other_messages_have_no_ports(IcmpType type)
    {
        PacketFacts facts = Parse(FrameWriter.Icmp(type));

        Assert.Equal(PacketKind.OtherIcmp, facts.Kind);
        Assert.Equal(new FlowTuple(new(Client, 0), new(Server, 0), IpProtocol.Icmp), facts.Tuple);
    }

    [Fact]
    public void Refuses_a_message_shorter_than_its_header()
        => Assert.Equal(DropReason.MalformedTransport, Reason(FrameWriter.Icmp(IcmpType.EchoRequest)[..7]));

    [Theory]
    [InlineData(IcmpType.DestinationUnreachable, 3, IpProtocol.Tcp)]
    [InlineData(IcmpType.TimeExceeded, 0, IpProtocol.Udp)]
    [InlineData(IcmpType.ParameterProblem, 1, IpProtocol.Icmp)]
    [InlineData(IcmpType.SourceQuench, 0, IpProtocol.Udp)]
    public void The_tuple_of_an_error_is_the_reply_of_the_embedded_packet(IcmpType type, byte code, IpProtocol protocol)
    {
        byte[] transport = protocol switch
        {
            IpProtocol.Tcp => FrameWriter.Tcp(),
            IpProtocol.Udp => FrameWriter.Udp(),
            _ => FrameWriter.Icmp(IcmpType.EchoRequest),
        };
        byte[] embedded = FrameWriter.IPv4(protocol, transport);
        FlowTuple sent = Parse(transport, protocol: protocol).Tuple;

        // A router on the way, which is no party to the session, sends it back to the client.
        const uint Router = 0xCB00_7101;
        PacketFacts facts = Parse(FrameWriter.Icmp(type, code, payload: embedded), Router, FrameWriter.Client);

        Assert.Equal(PacketKind.IcmpError, facts.Kind);
        Assert.Equal(type, facts.IcmpType);
        Assert.Equal(code, facts.IcmpCode);
        Assert.Equal(sent.Reply(), facts.Tuple);
        Assert.Equal(new IPv4Address(Router), facts.Source);
        Assert.Equal(Client, facts.Destination);
        Assert.Equal(42, facts.EmbeddedNetworkOffset);
        Assert.Equal(62, facts.EmbeddedTransportOffset);
    }

    [Theory] // RFC 5508 REQ-3b
    [InlineData(0, 4)]
    [InlineData(8, 40)]
    public void Options_of_either_header_are_stepped_over(int outer, int inner)
    {
        byte[] embedded = FrameWriter.IPv4(IpProtocol.Udp, FrameWriter.Udp(), options: new byte[inner]);
        byte[] message = FrameWriter.Icmp(IcmpType.TimeExceeded, payload: embedded);
        byte[] frame = FrameWriter.Ethernet(FrameWriter.IPv4(IpProtocol.Icmp, message, options: new byte[outer]));

        Assert.Equal(DropReason.None, PacketParser.Parse(frame, out PacketFacts facts));
        Assert.Equal(14 + 20 + outer + 8, facts.EmbeddedNetworkOffset);
        Assert.Equal(14 + 20 + outer + 8 + 20 + inner, facts.EmbeddedTransportOffset);
        Assert.Equal(new FlowTuple(new(Server, 53), new(Client, 40000), IpProtocol.Udp), facts.Tuple);
    }

    [Fact] // RFC 792: the header and the first eight octets
    public void Eight_octets_of_a_tcp_segment_are_enough()
    {
        byte[] embedded = FrameWriter.IPv4(IpProtocol.Tcp, FrameWriter.Tcp())[..28];

        PacketFacts facts = Parse(FrameWriter.Icmp(IcmpType.TimeExceeded, payload: embedded));

        Assert.Equal(new FlowTuple(new(Server, 443), new(Client, 40000), IpProtocol.Tcp), facts.Tuple);
    }

    [Theory]
    [InlineData(19)] // less than an IPv4 header
    [InlineData(27)] // seven octets of payload
    [InlineData(0)]
    public void Refuses_an_error_that_embeds_too_little(int octets)
    {
        byte[] embedded = FrameWriter.IPv4(IpProtocol.Udp, FrameWriter.Udp())[..octets];

        Assert.Equal(
            DropReason.UnrelatedIcmpError, Reason(FrameWriter.Icmp(IcmpType.TimeExceeded, payload: embedded)));
    }

    [Fact] // RFC 4884: what stands behind the embedded packet is padding
    public void Refuses_ports_from_behind_the_end_of_the_embedded_packet()
    {
        byte[] embedded = FrameWriter.IPv4(IpProtocol.Udp, FrameWriter.Udp(), totalLength: 27);

        Assert.Equal(
            DropReason.UnrelatedIcmpError, Reason(FrameWriter.Icmp(IcmpType.TimeExceeded, payload: embedded)));
    }

    [Fact] // RFC 5508 REQ-3
    public void Refuses_an_error_with_a_wrong_checksum()
    {
        byte[] message = FrameWriter.Icmp(
            IcmpType.TimeExceeded, payload: FrameWriter.IPv4(IpProtocol.Udp, FrameWriter.Udp()));
        message[^1] ^= 1;

        Assert.Equal(DropReason.BadIcmpChecksum, Reason(message));
    }

    [Fact] // RFC 5508 REQ-3: of a fragment nobody can tell
    public void A_first_fragment_of_an_error_is_not_summed()
    {
        byte[] message = FrameWriter.Icmp(
            IcmpType.TimeExceeded, payload: FrameWriter.IPv4(IpProtocol.Udp, FrameWriter.Udp()));
        message[2] ^= 1;
        byte[] packet = FrameWriter.IPv4(IpProtocol.Icmp, message, flagsAndOffset: 0x2000);

        Assert.Equal(DropReason.None, PacketParser.Parse(FrameWriter.Ethernet(packet), out PacketFacts facts));
        Assert.Equal(PacketKind.IcmpError, facts.Kind);
    }

    [Fact] // RFC 5508 REQ-3a
    public void Refuses_an_error_whose_embedded_header_has_a_wrong_checksum()
    {
        byte[] embedded = FrameWriter.IPv4(IpProtocol.Udp, FrameWriter.Udp());
        embedded[15] ^= 1;

        Assert.Equal(
            DropReason.UnrelatedIcmpError, Reason(FrameWriter.Icmp(IcmpType.TimeExceeded, payload: embedded)));
    }

    [Fact] // RFC 5508 REQ-3c: the embedded transport checksum is not looked at
    public void An_embedded_transport_checksum_may_be_anything()
    {
        byte[] embedded = FrameWriter.IPv4(IpProtocol.Udp, FrameWriter.Udp(checksum: 0x1111));

        Assert.Equal(PacketKind.IcmpError, Parse(FrameWriter.Icmp(IcmpType.TimeExceeded, payload: embedded)).Kind);
    }

    [Fact] // RFC 1122 section 3.2.2
    public void Refuses_an_error_about_an_error()
    {
        byte[] inner = FrameWriter.IPv4(IpProtocol.Icmp, FrameWriter.Icmp(IcmpType.TimeExceeded));

        Assert.Equal(DropReason.UnrelatedIcmpError, Reason(FrameWriter.Icmp(IcmpType.TimeExceeded, payload: inner)));
    }

    [Fact] // RFC 1122 section 3.2.2: nor about a fragment other than the first
    public void Refuses_an_error_about_a_later_fragment()
    {
        byte[] embedded = FrameWriter.IPv4(IpProtocol.Udp, new byte[16], flagsAndOffset: 2);

        Assert.Equal(
            DropReason.UnrelatedIcmpError, Reason(FrameWriter.Icmp(IcmpType.TimeExceeded, payload: embedded)));
    }

    [Fact] // RFC 1191: the error that matters most embeds what was too big, or the beginning of it
    public void An_error_about_a_first_fragment_passes()
    {
        byte[] embedded = FrameWriter.IPv4(IpProtocol.Udp, FrameWriter.Udp(length: 3000), flagsAndOffset: 0x2000);

        Assert.Equal(
            new FlowTuple(new(Server, 53), new(Client, 40000), IpProtocol.Udp),
            Parse(FrameWriter.Icmp(IcmpType.DestinationUnreachable, 4, payload: embedded)).Tuple);
    }

    private static PacketFacts Parse(
        byte[] transport,
        uint source = FrameWriter.Client,
        uint destination = FrameWriter.Server,
        IpProtocol protocol = IpProtocol.Icmp)
    {
        byte[] frame = FrameWriter.Ethernet(FrameWriter.IPv4(protocol, transport, source, destination));
        Assert.Equal(DropReason.None, PacketParser.Parse(frame, out PacketFacts facts));
        return facts;
    }

    private static DropReason Reason(byte[] message)
        => PacketParser.Parse(FrameWriter.Ethernet(FrameWriter.IPv4(IpProtocol.Icmp, message)), out _);
}
