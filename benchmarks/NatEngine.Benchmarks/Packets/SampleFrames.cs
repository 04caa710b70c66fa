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

    /// <summary>The gateway's port on the client's link.</summary>
    internal static readonly MacAddress Gateway = new(0x02_00_00_00_00_01);

    /// <summary>Octets of the frame that <see cref="Udp"/> writes: 60, the least that Ethernet has.</summary>
    internal const int UdpLength = TransportOffset + UdpHeader.Length + 18;

    private const int FlagsOffset = 6;
    private const ushort DontFragment = 0x4000;
    private const int TransportOffset = EthernetHeader.Length + IPv4Header.MinLength;

    private static readonly MacAddress Station = new(0x02_00_00_00_01_05);

    /// <summary>A TCP segment with the time stamp option and no payload.</summary>
    internal static byte[] Tcp(TransportAddress source, TransportAddress destination)
    {
        byte[] frame = new byte[TransportOffset + 32];
        WriteIPv4(frame, source, destination, IpProtocol.Tcp);
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

    /// <summary>A UDP datagram of 18 octets of payload: the least frame.</summary>
    internal static byte[] Udp(TransportAddress source, TransportAddress destination)
    {
        byte[] frame = new byte[UdpLength];
        WriteUdp(frame, source, destination);
        return frame;
    }

    /// <summary>Writes that datagram over the <see cref="UdpLength"/> octets of <paramref name="frame"/>.</summary>
    internal static void WriteUdp(Span<byte> frame, TransportAddress source, TransportAddress destination)
        => WriteUdp(frame, source, destination, UdpLength, isPartial: false);

    /// <summary>Writes the first octets of a datagram whose payload is all zero.</summary>
    /// <param name="frame">Room for as many octets as are to be written; at least the headers'.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="destination">Where it goes to.</param>
    /// <param name="length">Octets of the whole frame.</param>
    /// <param name="isPartial">True if the checksum is to be only its pseudo-header's sum.</param>
    internal static void WriteUdp(
        Span<byte> frame, TransportAddress source, TransportAddress destination, int length, bool isPartial)
    {
        int datagramLength = length - TransportOffset;
        WriteIPv4(frame, source, destination, IpProtocol.Udp, IPv4Header.MinLength + datagramLength);
        Span<byte> datagram = frame[TransportOffset..];
        datagram.Clear();
        WritePorts(datagram, source, destination);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[4..], (ushort)datagramLength);
        ushort pseudoHeader = PseudoHeaderSum(source, destination, IpProtocol.Udp, datagramLength);
        ushort checksum = isPartial ? pseudoHeader : InternetChecksum.Compute(datagram, pseudoHeader);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[UdpHeader.ChecksumOffset..], checksum);
    }

    /// <summary>A "port unreachable" from <paramref name="destination"/> about a datagram from
    /// <paramref name="source"/>.</summary>
    internal static byte[] IcmpError(TransportAddress source, TransportAddress destination)
    {
        ReadOnlySpan<byte> embedded = Udp(source, destination).AsSpan(EthernetHeader.Length);
        byte[] frame = new byte[TransportOffset + IcmpHeader.Length + embedded.Length];
        WriteIPv4(frame, destination, source, IpProtocol.Icmp);
        Span<byte> message = frame.AsSpan(TransportOffset);
        message[0] = (byte)IcmpType.DestinationUnreachable;
        message[1] = 3;
        embedded.CopyTo(message[IcmpHeader.Length..]);
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], InternetChecksum.Compute(message));
        return frame;
    }

    private static void WriteIPv4(
        Span<byte> frame, TransportAddress source, TransportAddress destination, IpProtocol protocol)
        => WriteIPv4(frame, source, destination, protocol, frame.Length - EthernetHeader.Length);

    // Not to be fragmented, as hosts send nearly everything since they look for the path's MTU (RFC 1191).
    private static void WriteIPv4(
        Span<byte> frame, TransportAddress source, TransportAddress destination, IpProtocol protocol, int length)
    {
        EthernetHeader.Write(frame, Gateway, Station, EtherType.IPv4);
        Span<byte> packet = frame[EthernetHeader.Length..];
        IPv4Header header = IPv4Header.Create(packet, source.Address, destination.Address, protocol, (ushort)length);
        BinaryPrimitives.WriteUInt16BigEndian(packet[FlagsOffset..], DontFragment);
        header.Checksum = InternetChecksum.Update(header.Checksum, ChecksumDelta.Of(0, DontFragment));
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
