using System;
using NatEngine.Packets.Headers;

namespace NatEngine.Packets;

/// <summary>Reads ICMP messages: queries, which have sessions of their own, and errors, which belong to the session of
/// the packet they embed (RFC 5508).</summary>
internal static class IcmpParser
{
    // An error embeds the IPv4 header of the packet that led to it and at least eight octets of its payload (RFC 792):
    // enough for ports and identifiers, not always for the whole transport header.
    private const int LeastEmbeddedPayload = 8;

    internal static DropReason Parse(Span<byte> message, ref PacketFacts facts)
    {
        if (!IcmpHeader.TryParse(message, out IcmpHeader icmp))
        {
            return DropReason.MalformedTransport;
        }

        facts.IcmpType = icmp.Type;
        facts.IcmpCode = icmp.Code;
        if (TryReadQuery(icmp, out ushort sourcePort, out ushort destinationPort))
        {
            facts.Kind = PacketKind.IcmpQuery;
            facts.SetTuple(IpProtocol.Icmp, ((uint)sourcePort << 16) | destinationPort);
            return DropReason.None;
        }

        if (icmp.Type is not (IcmpType.DestinationUnreachable or IcmpType.TimeExceeded
            or IcmpType.ParameterProblem or IcmpType.SourceQuench))
        {
            facts.Kind = PacketKind.OtherIcmp;
            facts.SetTuple(IpProtocol.Icmp, ports: 0);
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

    private static DropReason ParseEmbedded(Span<byte> packet, ref PacketFacts facts)
    {
        // The lengths that the embedded packet had when it was sent: what stands behind them in the message is padding
        // or an extension (RFC 4884), never a port.
        if (!IPv4Header.TryParse(packet, out IPv4Header header)
            || header.TotalLength < header.HeaderLength + LeastEmbeddedPayload
            || packet.Length < header.HeaderLength + LeastEmbeddedPayload
            || header.FragmentOffset != 0)
        {
            return DropReason.UnrelatedIcmpError;
        }

        // RFC 5508 REQ-3a: an embedded header with a wrong checksum says nothing reliable.
        if (InternetChecksum.SumIPv4Header(packet[..header.HeaderLength]) != 0xFFFF
            || !TryReadPorts(
                packet[header.HeaderLength..], header.Protocol, out ushort sourcePort, out ushort destinationPort))
        {
            return DropReason.UnrelatedIcmpError;
        }

        facts.EmbeddedTransportOffset = (ushort)(facts.EmbeddedNetworkOffset + header.HeaderLength);
        facts.Tuple = new FlowTuple(
            new TransportAddress(header.Source, sourcePort),
            new TransportAddress(header.Destination, destinationPort),
            header.Protocol).Reply();
        return DropReason.None;
    }

    private static bool TryReadPorts(
        Span<byte> transport, IpProtocol protocol, out ushort sourcePort, out ushort destinationPort)
    {
        sourcePort = 0;
        destinationPort = 0;
        switch (protocol)
        {
            // The ports are the first four octets of both.
            case IpProtocol.Tcp or IpProtocol.Udp when UdpHeader.TryParse(transport, out UdpHeader ports):
                sourcePort = ports.SourcePort;
                destinationPort = ports.DestinationPort;
                return true;

            // RFC 1122 section 3.2.2: there are no errors about errors.
            case IpProtocol.Icmp:
                return IcmpHeader.TryParse(transport, out IcmpHeader icmp)
                    && TryReadQuery(icmp, out sourcePort, out destinationPort);

            default:
                return true;
        }
    }

    // The identifier stands on the side of the host that asks, type and code of the query on the side that answers.
    private static bool TryReadQuery(IcmpHeader icmp, out ushort sourcePort, out ushort destinationPort)
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
}
