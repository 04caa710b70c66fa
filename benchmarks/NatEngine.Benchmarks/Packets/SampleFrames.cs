using System;
using System.Buffers.Binary;
using NatEngine.Packets;
using NatEngine.Packets.Headers;

namespace NatEngine.Benchmarks.Packets;

/// <summary>Frames as a client behind the gateway would send them, of the least length.</summary>
internal static class SampleFrames
{
    /// <summary>The host behind the gateway.</summary>
    internal static readonly TransportAddress Client = new(IPv4Address.Parse("100.64.0.5"), 40000);

    /// <summary>The host that it talks to.</summary>
    internal static readonly TransportAddress Server = new(IPv4Address.Parse("198.51.100.7"), 443);

    private static readonly MacAddress Station = new(0x02_00_00_00_00_01);
    private static readonly MacAddress Gateway = new(0x02_00_00_00_00_02);

    private const int TransportOffset = EthernetHeader.Length + IPv4Header.MinLength;

    /// <summary>A TCP segment with the time stamp option and no payload.</summary>
    internal static byte[] Tcp(TransportAddress source, TransportAddress destination)
    {
        byte[] frame = IPv4(source, destination, IpProtocol.Tcp, transportLength: 32);
        Span<byte> segment = frame.AsSpan(TransportOffset);
        segment[12] = 0x80;
        segment[13] = (byte)TcpFlags.Ack;
        BinaryPrimitives.WriteUInt16BigEndian(segment[14..], 502);
        WritePorts(segment, source, destination);
        ushort pseudoHeader = PseudoHeaderSum(source, destination, IpProtocol.Tcp, segment.Length);
        ushort checksum = InternetChecksum.Compute(segment, pseudoHeader);
        BinaryPrimitives.WriteUInt16BigEndian(segment[TcpHeader.ChecksumOffset..], checksum);
        return frame;
    }

    /// <summary>A UDP datagram of 18 octets of payload: 60 octets of frame.</summary>
    internal static byte[] Udp(TransportAddress source, TransportAddress destination)
    {
        byte[] frame = IPv4(source, destination, IpProtocol.Udp, transportLength: 26);
        Span<byte> datagram = frame.AsSpan(TransportOffset);
        WritePorts(datagram, source, destination);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[4..], (ushort)datagram.Length);
        ushort pseudoHeader = PseudoHeaderSum(source, destination, IpProtocol.Udp, datagram.Length);
        ushort checksum = InternetChecksum.Compute(datagram, pseudoHeader);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[UdpHeader.ChecksumOffset..], checksum);
        return frame;
    }

    /// <summary>A "port unreachable" from <paramref name="destination"/> about a datagram from
    /// <paramref name="source"/>.</summary>
    internal static byte[] IcmpError(TransportAddress source, TransportAddress destination)
    {
        ReadOnlySpan<byte> embedded = Udp(source, destination).AsSpan(EthernetHeader.Length);
        byte[] frame = IPv4(destination, source, IpProtocol.Icmp, IcmpHeader.Length + embedded.Length);
        Span<byte> message = frame.AsSpan(TransportOffset);
        message[0] = (byte)IcmpType.DestinationUnreachable;
        message[1] = 3;
        embedded.CopyTo(message[IcmpHeader.Length..]);
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], InternetChecksum.Compute(message));
        return frame;
    }

    private static byte[] IPv4(
        TransportAddress source, TransportAddress destination, IpProtocol protocol, int transportLength)
    {
        byte[] frame = GC.AllocateArray<byte>(TransportOffset + transportLength, pinned: true);
        EthernetHeader.Write(frame, Gateway, Station, EtherType.IPv4);
        IPv4Header.Create(
            frame.AsSpan(EthernetHeader.Length),
            source.Address,
            destination.Address,
            protocol,
            (ushort)(IPv4Header.MinLength + transportLength));
        return frame;
    }

    private static void WritePorts(Span<byte> transport, TransportAddress source, TransportAddress destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(transport, source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(transport[2..], destination.Port);
    }

    private static ushort PseudoHeaderSum(
        TransportAddress source, TransportAddress destination, IpProtocol protocol, int length)
        => InternetChecksum.PseudoHeaderSum(source.Address, destination.Address, protocol, (ushort)length);
}
