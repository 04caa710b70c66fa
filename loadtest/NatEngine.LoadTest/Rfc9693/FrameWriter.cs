using System;
using System.Buffers.Binary;
using NatEngine.Packets;
using NatEngine.Packets.Headers;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>Writes the tester's frames. Checksums are whole and right; what follows a tag is zero, and was cleared
/// before.</summary>
internal static class FrameWriter
{
    private const int NetworkOffset = EthernetHeader.Length;
    private const int TransportOffset = NetworkOffset + IPv4Header.MinLength;
    private const ushort Window = 0xFFFF;

    /// <summary>Writes a UDP datagram.</summary>
    public static void WriteUdp(Span<byte> frame, in Addressing addressing, in FrameTag tag)
    {
        Span<byte> datagram = frame[TransportOffset..];
        BinaryPrimitives.WriteUInt16BigEndian(datagram, addressing.Source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[2..], addressing.Destination.Port);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[4..], (ushort)datagram.Length);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[UdpHeader.ChecksumOffset..], 0);
        tag.Write(datagram[UdpHeader.Length..]);
        WriteNetwork(frame, addressing, IpProtocol.Udp, frame.Length - NetworkOffset);
        ushort checksum = Checksum(
            datagram[..(UdpHeader.Length + FrameTag.Length)], addressing, IpProtocol.Udp, datagram.Length);

        // RFC 768: a computed checksum of zero is sent as all ones.
        BinaryPrimitives.WriteUInt16BigEndian(
            datagram[UdpHeader.ChecksumOffset..], checksum == 0 ? (ushort)0xFFFF : checksum);
    }

    /// <summary>Writes an echo request or reply (RFC 792).</summary>
    public static void WriteEcho(
        Span<byte> frame, in Addressing addressing, IcmpType type, ushort identifier, in FrameTag tag)
    {
        Span<byte> message = frame[TransportOffset..];
        message[0] = (byte)type;
        message[1] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(message[4..], identifier);
        BinaryPrimitives.WriteUInt16BigEndian(message[6..], (ushort)tag.Sequence);
        tag.Write(message[IcmpHeader.Length..]);
        WriteNetwork(frame, addressing, IpProtocol.Icmp, frame.Length - NetworkOffset);
        BinaryPrimitives.WriteUInt16BigEndian(
            message[2..], InternetChecksum.Compute(message[..(IcmpHeader.Length + FrameTag.Length)]));
    }

    /// <summary>Writes a TCP segment without payload; the frame is padded.</summary>
    public static void WriteControl(
        Span<byte> frame, in Addressing addressing, TcpFlags flags, uint sequence, uint acknowledgment)
    {
        frame[(TransportOffset + TcpHeader.MinLength)..].Clear();
        WriteTcp(frame, addressing, flags, sequence, acknowledgment, TcpHeader.MinLength);
    }

    /// <summary>Writes a TCP segment whose payload is a tag and zeros.</summary>
    public static void WriteSegment(Span<byte> frame, in Addressing addressing, uint initial, in FrameTag tag)
    {
        tag.Write(frame[(TransportOffset + TcpHeader.MinLength)..]);
        WriteTcp(
            frame,
            addressing,
            TcpFlags.Ack | TcpFlags.Psh,
            initial + 1,
            initial + 1,
            frame.Length - TransportOffset);
    }

    private static void WriteTcp(
        Span<byte> frame, in Addressing addressing, TcpFlags flags, uint sequence, uint acknowledgment, int length)
    {
        Span<byte> segment = frame.Slice(TransportOffset, length);
        BinaryPrimitives.WriteUInt16BigEndian(segment, addressing.Source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(segment[2..], addressing.Destination.Port);
        BinaryPrimitives.WriteUInt32BigEndian(segment[4..], sequence);
        BinaryPrimitives.WriteUInt32BigEndian(segment[8..], acknowledgment);
        segment[12] = (TcpHeader.MinLength / 4) << 4;
        segment[13] = (byte)flags;
        BinaryPrimitives.WriteUInt16BigEndian(segment[14..], Window);
        BinaryPrimitives.WriteUInt32BigEndian(segment[TcpHeader.ChecksumOffset..], 0);
        WriteNetwork(frame, addressing, IpProtocol.Tcp, IPv4Header.MinLength + length);
        BinaryPrimitives.WriteUInt16BigEndian(
            segment[TcpHeader.ChecksumOffset..], Checksum(segment, addressing, IpProtocol.Tcp, length));
    }

    private static ushort Checksum(ReadOnlySpan<byte> octets, in Addressing addressing, IpProtocol protocol, int length)
        => InternetChecksum.Compute(
            octets,
            InternetChecksum.PseudoHeaderSum(
                addressing.Source.Address, addressing.Destination.Address, protocol, (ushort)length));

    private static void WriteNetwork(Span<byte> frame, in Addressing addressing, IpProtocol protocol, int length)
    {
        EthernetHeader.Write(frame, addressing.NextHop, addressing.Station, EtherType.IPv4);
        IPv4Header.Create(
            frame[NetworkOffset..],
            addressing.Source.Address,
            addressing.Destination.Address,
            protocol,
            (ushort)length);
    }
}
