using System;
using System.Collections.Generic;
using NatEngine.Devices;

namespace NatEngine.Pipeline.Tests;

public class ForwardingTests
{
    private const byte Syn = 0x02;
    private const byte SynAck = 0x12;
    private const byte Ack = 0x10;

    [Fact]
    public void A_datagram_goes_out_from_the_external_address_and_its_answer_comes_back()
    {
        using Gateway gateway = Gateway.Acquainted();
        gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, 53));
        gateway.Run();

        Sent outbound = Assert.Single(gateway.TakeOutside());
        Assert.Equal((Net.RouterMac, Net.ExternalMac), (outbound.Station, outbound.From));
        Assert.Equal((Net.Outside, Net.Server, 53), (outbound.Source, outbound.Destination, outbound.DestinationPort));
        Assert.Equal(63, outbound.TimeToLive);

        gateway.FromRouter(Packet.Udp(Net.Server, 53, Net.Outside, outbound.SourcePort));
        gateway.Run();

        Sent inbound = Assert.Single(gateway.TakeInside());
        Assert.Equal((Net.HostMac, Net.InternalMac), (inbound.Station, inbound.From));
        Assert.Equal((Net.Server, Net.Host), (inbound.Source, inbound.Destination));
        Assert.Equal((53, 4000), (inbound.SourcePort, inbound.DestinationPort));
        Assert.Equal(63, inbound.TimeToLive);
    }

    [Fact]
    public void A_connection_opens_through_the_gateway()
    {
        using Gateway gateway = Gateway.Acquainted();
        gateway.FromHost(Packet.Tcp(Net.Host, 40_000, Net.Server, 443, Syn));
        gateway.Run();
        Sent syn = Assert.Single(gateway.TakeOutside());

        gateway.FromRouter(Packet.Tcp(Net.Server, 443, Net.Outside, syn.SourcePort, SynAck));
        gateway.Run();
        Sent synAck = Assert.Single(gateway.TakeInside());
        Assert.Equal((Net.Host, 40_000), (synAck.Destination, synAck.DestinationPort));

        gateway.FromHost(Packet.Tcp(Net.Host, 40_000, Net.Server, 443, Ack, payload: 100));
        gateway.Run();
        Assert.Equal(syn.SourcePort, Assert.Single(gateway.TakeOutside()).SourcePort);
    }

    [Fact]
    public void A_ping_goes_out_under_an_identifier_and_its_reply_comes_back()
    {
        using Gateway gateway = Gateway.Acquainted();
        gateway.FromHost(Packet.Echo(Net.Host, Net.Server, 77));
        gateway.Run();
        Sent request = Assert.Single(gateway.TakeOutside());
        Assert.Equal((Net.Outside, 8), (request.Source, request.IcmpType));

        gateway.FromRouter(Packet.Echo(Net.Server, Net.Outside, request.Identifier, isReply: true));
        gateway.Run();
        Sent reply = Assert.Single(gateway.TakeInside());
        Assert.Equal((Net.Host, 77, 0), (reply.Destination, reply.Identifier, reply.IcmpType));
    }

    [Fact]
    public void Two_hosts_with_the_same_port_are_told_apart()
    {
        using Gateway gateway = Gateway.Acquainted();
        gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, 53));
        gateway.FromHost(Packet.Udp(Net.SecondHost, 4000, Net.Server, 53));
        gateway.Run();
        IReadOnlyList<Sent> outbound = gateway.TakeOutside();
        Assert.Equal(2, outbound.Count);
        Assert.NotEqual(outbound[0].SourcePort, outbound[1].SourcePort);

        gateway.FromRouter(Packet.Udp(Net.Server, 53, Net.Outside, outbound[1].SourcePort));
        gateway.FromRouter(Packet.Udp(Net.Server, 53, Net.Outside, outbound[0].SourcePort));
        gateway.Run();
        IReadOnlyList<Sent> inbound = gateway.TakeInside();
        Assert.Equal([Net.SecondHost, Net.Host], [inbound[0].Destination, inbound[1].Destination]);
        Assert.Equal([Net.SecondHostMac, Net.HostMac], [inbound[0].Station, inbound[1].Station]);
    }

    [Fact]
    public void A_datagram_without_checksum_stays_without()
    {
        using Gateway gateway = Gateway.Acquainted();
        byte[] datagram = Packet.Udp(Net.Host, 4000, Net.Server, 53);
        datagram.AsSpan(Packet.EthernetLength + 26, 2).Clear();
        gateway.FromHost(datagram);
        gateway.Run();
        Assert.Equal(0, Assert.Single(gateway.TakeOutside()).UdpChecksum);
    }

    [Fact]
    public void Octets_behind_the_packet_are_passed_on_untouched()
    {
        using Gateway gateway = Gateway.Acquainted();
        byte[] padded = new byte[60];
        Packet.Udp(Net.Host, 4000, Net.Server, 53, payload: 3).CopyTo(padded, 0);
        padded.AsSpan(45).Fill(0xEE);
        gateway.FromHost(padded);
        gateway.Run();
        Sent sent = Assert.Single(gateway.TakeOutside());
        Assert.Equal(60, sent.Octets.Length);
        Assert.Equal(padded[45..], sent.Octets[45..].ToArray());
    }

    [Theory]
    [InlineData(6)]
    [InlineData(17)]
    public void A_partial_checksum_stays_partial_and_right(byte protocol)
    {
        using Gateway gateway = Gateway.Acquainted();
        byte[] frame = protocol == 6
            ? Packet.Tcp(Net.Host, 4000, Net.Server, 80, Syn, payload: 11)
            : Packet.Udp(Net.Host, 4000, Net.Server, 80, payload: 11);
        VirtioNetHeader partial = MakePartial(frame, protocol);
        gateway.FromHost(frame, partial);
        gateway.Run();

        Sent sent = Assert.Single(gateway.TakeOutside());
        Assert.Equal(partial, sent.Header);
        Assert.Equal(sent.PseudoHeaderSum(), protocol == 6 ? sent.TcpChecksum : sent.UdpChecksum);
    }

    [Fact]
    public void A_partial_checksum_of_a_packet_within_is_not_ours()
    {
        using Gateway gateway = Gateway.Acquainted();
        byte[] tunnel = Packet.Udp(Net.Host, 4000, Net.Server, 4789, payload: 90);
        VirtioNetHeader inner = new()
        {
            Flags = VirtioNetHeader.NeedsChecksum,
            ChecksumStart = 84,
            ChecksumOffset = 16,
        };
        gateway.FromHost(tunnel, inner);
        gateway.Run();

        Sent sent = Assert.Single(gateway.TakeOutside());
        Assert.Equal(
            0,
            Packet.Checksum(
                sent.Octets[34..], Packet.PseudoHeader(sent.Source, sent.Destination, 17, sent.TotalLength - 20)));
    }

    [Fact]
    public void A_super_frame_goes_through_whole()
    {
        using Gateway gateway = Gateway.Acquainted();
        byte[] frame = Packet.Tcp(Net.Host, 4000, Net.Server, 80, Syn, payload: 60_000).WithFragment(0x4000);
        VirtioNetHeader super = MakePartial(frame, 6);
        super.GsoType = 1; // VIRTIO_NET_HDR_GSO_TCPV4
        super.GsoSize = 1448;
        super.HeaderLength = 54;
        gateway.FromHost(frame, super);
        gateway.Run();

        Sent sent = Assert.Single(gateway.TakeOutside());
        Assert.Equal(super, sent.Header);
        Assert.Equal(frame.Length, sent.Octets.Length);
        Assert.Equal(sent.PseudoHeaderSum(), sent.TcpChecksum);
        Assert.Equal(frame[54..], sent.Octets[54..].ToArray());
    }

    [Fact]
    public void A_vlan_tag_passes()
    {
        using Gateway gateway = Gateway.Acquainted();
        byte[] plain = Packet.Udp(Net.Host, 4000, Net.Server, 53).Between(Net.HostMac, Net.InternalMac);
        byte[] tagged = [.. plain[..12], 0x81, 0x00, 0x00, 0x05, .. plain[12..]];
        gateway.Inside.Inject(tagged);
        gateway.Run();
        Assert.True(gateway.Outside.TryTakeTransmitted(out TransmittedFrame? sent));
        byte[] octets = sent.Octets.ToArray();
        Assert.Equal(tagged[12..18], octets[12..18]);
        Sent untagged = Sent.Read(new TransmittedFrame(default, (byte[])[.. octets[..12], .. octets[16..]]));
        Assert.Equal((Net.Outside, Net.RouterMac), (untagged.Source, untagged.Station));
    }

    [Fact]
    public void A_frame_damaged_on_its_way_to_us_stays_damaged()
    {
        using Gateway gateway = Gateway.Acquainted();
        byte[] damaged = Packet.Udp(Net.Host, 4000, Net.Server, 53);
        damaged[^1] ^= 0x10;
        gateway.FromHost(damaged);
        gateway.Run();
        Assert.True(gateway.Outside.TryTakeTransmitted(out TransmittedFrame? sent));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Sent.Read(sent));
    }

    [Fact]
    public void A_hairpinned_datagram_shows_the_external_source()
    {
        using Gateway gateway = Gateway.Acquainted();
        gateway.FromHost(Packet.Udp(Net.SecondHost, 5000, Net.Server, 53));
        gateway.Run();
        ushort mapped = Assert.Single(gateway.TakeOutside()).SourcePort;

        gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Outside, mapped));
        gateway.Run();
        Sent hairpinned = Assert.Single(gateway.TakeInside());
        Assert.Equal((Net.SecondHostMac, Net.SecondHost), (hairpinned.Station, hairpinned.Destination));
        Assert.Equal(5000, hairpinned.DestinationPort);
        Assert.Equal(Net.Outside, hairpinned.Source);
        Assert.Empty(gateway.TakeOutside());
    }

    [Fact]
    public void Counts_what_comes_and_goes()
    {
        using Gateway gateway = Gateway.Acquainted();
        PortCounters before = gateway.Pipeline.ReadCounters().External;
        PortCounters inside = gateway.Pipeline.ReadCounters().Internal;
        byte[] frame = Packet.Udp(Net.Host, 4000, Net.Server, 53);
        gateway.FromHost(frame);
        gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, 54));
        gateway.Run();
        PipelineCounters after = gateway.Pipeline.ReadCounters();
        Assert.Equal(2, after.Internal.ReceivedFrames - inside.ReceivedFrames);
        Assert.Equal(2 * frame.Length, after.Internal.ReceivedOctets - inside.ReceivedOctets);

        // Beside the two packets a request goes out: the router is known by hearsay only and is probed.
        Assert.Equal(3, after.External.TransmittedFrames - before.TransmittedFrames);
        Assert.Equal((2 * frame.Length) + 60, after.External.TransmittedOctets - before.TransmittedOctets);
        Assert.Equal(1, after.External.Arp.RequestsSent - before.Arp.RequestsSent);
    }

    private static VirtioNetHeader MakePartial(byte[] frame, byte protocol)
    {
        ushort offset = protocol == 6 ? (ushort)16 : (ushort)6;
        uint sum = Packet.PseudoHeader(Net.Host, Net.Server, protocol, frame.Length - 34);
        ushort partial = (ushort)~Packet.Checksum([], sum);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(34 + offset), partial);
        return new VirtioNetHeader
        {
            Flags = VirtioNetHeader.NeedsChecksum,
            ChecksumStart = 34,
            ChecksumOffset = offset,
        };
    }
}
