using System;
using System.Net;
using PacketDotNet;
using PacketDotNet.Utils;

namespace NatEngine.Packets.Tests;

/// <summary>PacketDotNet in the part of our parser: it reads every field; only the rules of what a NAT refuses are
/// stated here, once more and in other words.</summary>
internal static class IndependentParser
{
    /// <summary>Reads a frame.</summary>
    /// <returns>Null if the frame is refused: by a rule, or by PacketDotNet with an exception.</returns>
    internal static IndependentReading? Read(byte[] frame)
    {
        if (frame.Length < 14)
        {
            return null;
        }

        EthernetType type = new EthernetPacket(new ByteArraySegment(frame)).Type;
        int offset = 14;
        for (int tags = 0; tags < 2 && type is EthernetType.VLanTaggedFrame or EthernetType.ProviderBridging; tags++)
        {
            if (offset + 4 > frame.Length)
            {
                return null;
            }

            type = new Ieee8021QPacket(Rest(frame, offset)).Type;
            offset += 4;
        }

        return type switch
        {
            EthernetType.IPv4 => Guard(() => ReadIPv4(frame, offset)),
            EthernetType.Arp => ReadArp(frame, offset),
            _ => new IndependentReading(PacketKind.OtherEtherType, offset),
        };
    }

    private static IndependentReading? ReadArp(byte[] frame, int offset)
    {
        if (frame.Length < offset + 28)
        {
            return null;
        }

        PacketDotNet.ArpPacket arp = new(Rest(frame, offset));
        bool isIPv4OverEthernet = arp.HardwareAddressType == LinkLayers.Ethernet
            && arp.ProtocolAddressType == EthernetType.IPv4
            && arp.HardwareAddressLength == 6
            && arp.ProtocolAddressLength == 4;
        return isIPv4OverEthernet ? new IndependentReading(PacketKind.Arp, offset) : null;
    }

    private static IndependentReading? ReadIPv4(byte[] frame, int offset)
    {
        IPv4Packet? header = ReadIPv4Header(frame, offset);
        if (header is null || header.TotalLength > frame.Length - offset)
        {
            return null;
        }

        int headerLength = header.HeaderLength * 4;
        int transport = offset + headerLength;
        int payload = header.TotalLength - headerLength;
        int fragmentOffset = header.FragmentOffset * 8;
        IndependentReading reading = new(PacketKind.OtherProtocol, offset, transport, Tuple: TupleOf(header, 0, 0));
        if (payload < 0)
        {
            return null;
        }

        if (fragmentOffset > 0)
        {
            bool impossible = payload == 0 || header.TotalLength + fragmentOffset > 65535;
            bool insideTcpHeader = header.Protocol == ProtocolType.Tcp && fragmentOffset is (8 or 16);
            return impossible || insideTcpHeader
                ? null
                : reading with { Kind = PacketKind.LaterFragment };
        }

        bool isFragment = (header.FragmentFlags & 1) != 0;
        ByteArraySegment segment = new(frame, transport, payload);
        return header.Protocol switch
        {
            ProtocolType.Tcp => ReadTcp(header, segment, reading),
            ProtocolType.Udp => ReadUdp(header, segment, reading, isFragment),
            ProtocolType.Icmp => ReadIcmp(header, segment, reading, isFragment),
            _ => reading,
        };
    }

    private static IPv4Packet? ReadIPv4Header(byte[] frame, int offset)
    {
        if (frame.Length < offset + 20 || frame[offset] >> 4 != 4)
        {
            return null;
        }

        // PacketDotNet reads options only as far as they are there, and a total length only if it is possible.
        IPv4Packet header = new(Rest(frame, offset));
        int length = header.HeaderLength * 4;
        return length >= 20 && offset + length <= frame.Length
            && ReferenceChecksum.Of(frame[offset..(offset + length)]) == 0
            ? header
            : null;
    }

    private static IndependentReading? ReadTcp(IPv4Packet header, ByteArraySegment segment, IndependentReading reading)
    {
        if (segment.Length < 20)
        {
            return null;
        }

        TcpPacket tcp = new(segment);
        return tcp.DataOffset < 5 || tcp.DataOffset * 4 > segment.Length
            ? null
            : reading with { Kind = PacketKind.Tcp, Tuple = TupleOf(header, tcp.SourcePort, tcp.DestinationPort) };
    }

    private static IndependentReading? ReadUdp(
        IPv4Packet header, ByteArraySegment datagram, IndependentReading reading, bool isFragment)
    {
        if (datagram.Length < 8)
        {
            return null;
        }

        byte[] octets = datagram.ActualBytes();
        int length = (octets[4] << 8) | octets[5];
        return length < 8 || (length > octets.Length && !isFragment)
            ? null
            : reading with { Kind = PacketKind.Udp, Tuple = PortTuple(header, octets) };
    }

    private static IndependentReading? ReadIcmp(
        IPv4Packet header, ByteArraySegment message, IndependentReading reading, bool isFragment)
    {
        if (message.Length < 8)
        {
            return null;
        }

        if (QueryTuple(header, message) is FlowTuple tuple)
        {
            return reading with { Kind = PacketKind.IcmpQuery, Tuple = tuple };
        }

        if (new IcmpV4Packet(message).TypeCode is not (>= (IcmpV4TypeCode)0x0300 and < (IcmpV4TypeCode)0x0500
            or >= (IcmpV4TypeCode)0x0B00 and < (IcmpV4TypeCode)0x0D00))
        {
            return reading with { Kind = PacketKind.OtherIcmp };
        }

        byte[] octets = message.ActualBytes();
        if (!isFragment && ReferenceChecksum.Of(octets) != 0)
        {
            return null;
        }

        return ReadEmbedded(octets[8..], reading);
    }

    private static IndependentReading? ReadEmbedded(byte[] packet, IndependentReading reading)
    {
        IPv4Packet? header = ReadIPv4Header(packet, 0);
        int headerLength = header?.HeaderLength * 4 ?? 0;
        if (header is null
            || packet.Length < headerLength + 8
            || header.TotalLength < headerLength + 8
            || header.FragmentOffset != 0)
        {
            return null;
        }

        byte[] transport = packet[headerLength..];
        FlowTuple? tuple = header.Protocol switch
        {
            ProtocolType.Tcp or ProtocolType.Udp => PortTuple(header, transport),
            ProtocolType.Icmp => QueryTuple(header, new ByteArraySegment(transport)),
            _ => TupleOf(header, 0, 0),
        };
        return tuple is not FlowTuple known
            ? null
            : reading with
            {
                Kind = PacketKind.IcmpError,
                EmbeddedNetworkOffset = reading.TransportOffset + 8,
                EmbeddedTransportOffset = reading.TransportOffset + 8 + headerLength,
                Tuple = new FlowTuple(known.Destination, known.Source, known.Protocol),
            };
    }

    // PacketDotNet takes no datagram that is shorter than its length says, as first fragments and embedded ones are:
    // it is shown the first eight octets, saying that they are all.
    private static FlowTuple PortTuple(IPv4Packet header, byte[] transport)
    {
        UdpPacket ports = new(new ByteArraySegment([.. transport[..4], 0, 8, 0, 0]));
        return TupleOf(header, ports.SourcePort, ports.DestinationPort);
    }

    // nf_conntrack_proto_icmp.c: requests 8, 13, 17; answers 0, 14, 18.
    private static FlowTuple? QueryTuple(IPv4Packet header, ByteArraySegment message)
    {
        IcmpV4Packet icmp = new(message);
        ushort typeAndCode = (ushort)icmp.TypeCode;
        ushort code = (ushort)(typeAndCode & 0xFF);
        return (typeAndCode >> 8) switch
        {
            8 or 13 or 17 => TupleOf(header, icmp.Id, typeAndCode),
            0 => TupleOf(header, (ushort)(0x0800 | code), icmp.Id),
            14 => TupleOf(header, (ushort)(0x0D00 | code), icmp.Id),
            18 => TupleOf(header, (ushort)(0x1100 | code), icmp.Id),
            _ => null,
        };
    }

    private static FlowTuple TupleOf(IPv4Packet header, ushort sourcePort, ushort destinationPort)
        => new(
            new TransportAddress(AddressOf(header.SourceAddress), sourcePort),
            new TransportAddress(AddressOf(header.DestinationAddress), destinationPort),
            (IpProtocol)(byte)header.Protocol);

    private static IPv4Address AddressOf(IPAddress address)
    {
        byte[] octets = address.GetAddressBytes();
        return new IPv4Address((uint)((octets[0] << 24) | (octets[1] << 16) | (octets[2] << 8) | octets[3]));
    }

    private static ByteArraySegment Rest(byte[] frame, int offset) => new(frame, offset, frame.Length - offset);

    private static IndependentReading? Guard(Func<IndependentReading?> read)
    {
        try
        {
            return read();
        }
        catch (Exception error)
            when (error is ArgumentException or InvalidOperationException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
