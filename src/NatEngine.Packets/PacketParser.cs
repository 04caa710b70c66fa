using System;
using NatEngine.Packets.Headers;

namespace NatEngine.Packets;

/// <summary>Reads a frame once: its tuple and where its headers stand, or why it cannot be used.</summary>
/// <remarks>Ethernet, IPv4, then the transport protocol or the packet that an ICMP error embeds. The checks are those
/// that RFC 1812 section 5.2.2 asks of a router; a transport checksum is not one of them: it is the end hosts' to
/// check,
/// and an incremental update leaves a wrong one wrong.</remarks>
public static class PacketParser
{
    /// <summary>Reads <paramref name="frame"/>.</summary>
    /// <param name="frame">From the first octet of its Ethernet header.</param>
    /// <param name="facts">What was found; only to be used if the result is <see cref="DropReason.None"/>.</param>
    /// <returns><see cref="DropReason.None"/>, or why the frame is to be dropped.</returns>
    public static DropReason Parse(Span<byte> frame, out PacketFacts facts)
    {
        facts = default;
        if (!EthernetHeader.TryParse(frame, out EthernetHeader ethernet))
        {
            return DropReason.TruncatedEthernet;
        }

        facts.NetworkOffset = (ushort)ethernet.PayloadOffset;
        if (ethernet.PayloadType == EtherType.IPv4)
        {
            return ParseIPv4(frame, ref facts);
        }

        facts.Kind = ethernet.PayloadType == EtherType.Arp ? PacketKind.Arp : PacketKind.OtherEtherType;
        return facts.Kind == PacketKind.Arp && !ArpPacket.TryParse(frame[ethernet.PayloadOffset..], out _)
            ? DropReason.MalformedArp
            : DropReason.None;
    }

    private static DropReason ParseIPv4(Span<byte> frame, ref PacketFacts facts)
    {
        Span<byte> packet = frame[facts.NetworkOffset..];
        if (!IPv4Header.TryParse(packet, out IPv4Header header)
            || header.TotalLength < header.HeaderLength
            || header.TotalLength > packet.Length)
        {
            return DropReason.MalformedIPv4;
        }

        int headerLength = header.HeaderLength;
        if (InternetChecksum.Sum(packet[..headerLength]) != 0xFFFF)
        {
            return DropReason.BadIPv4Checksum;
        }

        facts.Source = header.Source;
        facts.Destination = header.Destination;
        facts.NetworkLength = header.TotalLength;
        facts.TransportOffset = (ushort)(facts.NetworkOffset + headerLength);
        facts.Identification = header.Identification;
        facts.TimeToLive = header.TimeToLive;
        facts.IsFragment = header.IsFragment;
        facts.DontFragment = header.DontFragment;
        if (header.FragmentOffset != 0)
        {
            facts.Kind = PacketKind.LaterFragment;
            facts.Tuple = TupleOf(ref facts, header.Protocol, 0, 0);
            return DropReason.None;
        }

        Span<byte> transport = packet[headerLength..header.TotalLength];
        return header.Protocol switch
        {
            IpProtocol.Tcp => ParseTcp(transport, ref facts),
            IpProtocol.Udp => ParseUdp(transport, ref facts),
            IpProtocol.Icmp => ParseIcmp(transport, ref facts),
            _ => ParseOther(ref facts, header.Protocol),
        };
    }

    private static DropReason ParseTcp(Span<byte> segment, ref PacketFacts facts)
    {
        if (!TcpHeader.TryParse(segment, out TcpHeader tcp))
        {
            return DropReason.MalformedTransport;
        }

        facts.Kind = PacketKind.Tcp;
        facts.Tuple = TupleOf(ref facts, IpProtocol.Tcp, tcp.SourcePort, tcp.DestinationPort);
        facts.TcpFlags = tcp.Flags;
        facts.TcpSequence = tcp.Sequence;
        facts.TcpAcknowledgment = tcp.Acknowledgment;
        facts.TcpWindow = tcp.Window;
        facts.TcpPayloadLength = (ushort)(segment.Length - tcp.HeaderLength);
        return DropReason.None;
    }

    private static DropReason ParseUdp(Span<byte> datagram, ref PacketFacts facts)
    {
        // A first fragment holds less than its datagram's length says.
        if (!UdpHeader.TryParse(datagram, out UdpHeader udp)
            || udp.DatagramLength < UdpHeader.Length
            || (udp.DatagramLength > datagram.Length && !facts.IsFragment))
        {
            return DropReason.MalformedTransport;
        }

        facts.Kind = PacketKind.Udp;
        facts.Tuple = TupleOf(ref facts, IpProtocol.Udp, udp.SourcePort, udp.DestinationPort);
        return DropReason.None;
    }

    private static DropReason ParseOther(ref PacketFacts facts, IpProtocol protocol)
    {
        facts.Kind = PacketKind.OtherProtocol;
        facts.Tuple = TupleOf(ref facts, protocol, 0, 0);
        return DropReason.None;
    }

    private static DropReason ParseIcmp(Span<byte> message, ref PacketFacts facts)
    {
        if (!IcmpHeader.TryParse(message, out IcmpHeader icmp))
        {
            return DropReason.MalformedTransport;
        }

        facts.IcmpType = icmp.Type;
        facts.IcmpCode = icmp.Code;
        if (TryReadQueryPorts(icmp, out ushort sourcePort, out ushort destinationPort))
        {
            facts.Kind = PacketKind.IcmpQuery;
            facts.Tuple = TupleOf(ref facts, IpProtocol.Icmp, sourcePort, destinationPort);
            return DropReason.None;
        }

        if (icmp.Type is not (IcmpType.DestinationUnreachable or IcmpType.TimeExceeded
            or IcmpType.ParameterProblem or IcmpType.SourceQuench))
        {
            facts.Kind = PacketKind.OtherIcmp;
            facts.Tuple = TupleOf(ref facts, IpProtocol.Icmp, 0, 0);
            return DropReason.None;
        }

        // RFC 5508 REQ-3. Of a fragment nobody can tell; an embedded packet can never be judged whole.
        if (!facts.IsFragment && InternetChecksum.Sum(message) != 0xFFFF)
        {
            return DropReason.BadIcmpChecksum;
        }

        facts.Kind = PacketKind.IcmpError;
        return ParseEmbedded(message[IcmpHeader.Length..], ref facts);
    }

    // An error embeds the packet that led to it: its IPv4 header and at least eight octets of payload (RFC 792), enough
    // for ports and identifiers, not always enough for the whole transport header.
    private static DropReason ParseEmbedded(Span<byte> packet, ref PacketFacts facts)
    {
        const int LeastPayload = 8;
        if (!IPv4Header.TryParse(packet, out IPv4Header header)
            || packet.Length < header.HeaderLength + LeastPayload
            || header.FragmentOffset != 0)
        {
            return DropReason.UnrelatedIcmpError;
        }

        // RFC 5508 REQ-3a: an embedded header with a wrong checksum says nothing reliable.
        if (InternetChecksum.Sum(packet[..header.HeaderLength]) != 0xFFFF)
        {
            return DropReason.UnrelatedIcmpError;
        }

        facts.EmbeddedNetworkOffset = (ushort)(facts.TransportOffset + IcmpHeader.Length);
        facts.EmbeddedTransportOffset = (ushort)(facts.EmbeddedNetworkOffset + header.HeaderLength);
        Span<byte> transport = packet[header.HeaderLength..];
        ushort sourcePort = 0;
        ushort destinationPort = 0;
        if (header.Protocol is IpProtocol.Tcp or IpProtocol.Udp)
        {
            // The ports are the first four octets of both.
            _ = UdpHeader.TryParse(transport, out UdpHeader ports);
            sourcePort = ports.SourcePort;
            destinationPort = ports.DestinationPort;
        }
        else if (header.Protocol == IpProtocol.Icmp)
        {
            _ = IcmpHeader.TryParse(transport, out IcmpHeader icmp);
            if (!TryReadQueryPorts(icmp, out sourcePort, out destinationPort))
            {
                return DropReason.UnrelatedIcmpError; // RFC 1122 section 3.2.2: no errors about errors.
            }
        }

        facts.Tuple = new FlowTuple(
            new TransportAddress(header.Source, sourcePort),
            new TransportAddress(header.Destination, destinationPort),
            header.Protocol).Reply();
        return DropReason.None;
    }

    // The identifier stands on the side of the host that asks, type and code of the query on the side that answers.
    private static bool TryReadQueryPorts(IcmpHeader icmp, out ushort sourcePort, out ushort destinationPort)
    {
        bool asks = icmp.Type is IcmpType.EchoRequest or IcmpType.TimestampRequest or IcmpType.AddressMaskRequest;
        IcmpType query = icmp.Type switch
        {
            IcmpType.EchoReply => IcmpType.EchoRequest,
            IcmpType.TimestampReply => IcmpType.TimestampRequest,
            IcmpType.AddressMaskReply => IcmpType.AddressMaskRequest,
            _ => icmp.Type,
        };
        ushort typeAndCode = (ushort)(((byte)query << 8) | icmp.Code);
        sourcePort = asks ? icmp.Identifier : typeAndCode;
        destinationPort = asks ? typeAndCode : icmp.Identifier;
        return asks || query != icmp.Type;
    }

    private static FlowTuple TupleOf(
        ref PacketFacts facts, IpProtocol protocol, ushort sourcePort, ushort destinationPort)
        => new(
            new TransportAddress(facts.Source, sourcePort),
            new TransportAddress(facts.Destination, destinationPort),
            protocol);
}
