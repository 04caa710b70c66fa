using System;
using System.Buffers.Binary;
using NatEngine.Packets;

namespace NatEngine.Pipeline.Tests;

/// <summary>Makes frames octet by octet, with checksums summed the slow way: nothing here is the product's.</summary>
internal static class Packet
{
    public const int EthernetLength = 14;

    public static byte[] Udp(
        IPv4Address source, ushort sourcePort, IPv4Address destination, ushort destinationPort, int payload = 18)
    {
        byte[] segment = new byte[8 + payload];
        WritePorts(segment, sourcePort, destinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(4), (ushort)segment.Length);
        FillPayload(segment.AsSpan(8));
        ushort checksum = Checksum(segment, PseudoHeader(source, destination, 17, segment.Length));
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(6), checksum == 0 ? (ushort)0xFFFF : checksum);
        return Frame(source, destination, 17, segment);
    }

    public static byte[] Tcp(
        IPv4Address source, ushort sourcePort, IPv4Address destination, ushort destinationPort, byte flags,
        int payload = 0)
    {
        byte[] segment = new byte[20 + payload];
        WritePorts(segment, sourcePort, destinationPort);
        segment[12] = 0x50;
        segment[13] = flags;
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(14), 64_000);
        FillPayload(segment.AsSpan(20));
        BinaryPrimitives.WriteUInt16BigEndian(
            segment.AsSpan(16), Checksum(segment, PseudoHeader(source, destination, 6, segment.Length)));
        return Frame(source, destination, 6, segment);
    }

    public static byte[] Echo(IPv4Address source, IPv4Address destination, ushort identifier, bool isReply = false,
        int payload = 32)
    {
        byte[] message = new byte[8 + payload];
        message[0] = isReply ? (byte)0 : (byte)8;
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(4), identifier);
        FillPayload(message.AsSpan(8));
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), Checksum(message, 0));
        return Frame(source, destination, 1, message);
    }

    /// <summary>An ICMP error that quotes the first octets of the IPv4 packet in <paramref name="about"/>.</summary>
    public static byte[] IcmpError(
        IPv4Address source, IPv4Address destination, byte type, byte code, ReadOnlySpan<byte> about, int quoted)
    {
        ReadOnlySpan<byte> packet = about.Slice(EthernetLength, quoted);
        byte[] message = new byte[8 + packet.Length];
        message[0] = type;
        message[1] = code;
        packet.CopyTo(message.AsSpan(8));
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), Checksum(message, 0));
        return Frame(source, destination, 1, message);
    }

    public static byte[] Arp(
        bool isRequest, MacAddress senderMac, IPv4Address sender, MacAddress targetMac, IPv4Address target,
        MacAddress? station = null)
    {
        byte[] frame = new byte[60];
        (station ?? (isRequest ? MacAddress.Broadcast : targetMac)).Write(frame);
        senderMac.Write(frame.AsSpan(6));
        Convert.FromHexString(isRequest ? "08060001080006040001" : "08060001080006040002").CopyTo(frame, 12);
        senderMac.Write(frame.AsSpan(22));
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(28), sender.Value);
        targetMac.Write(frame.AsSpan(32));
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(38), target.Value);
        return frame;
    }

    /// <summary>Addresses the frame to a station, from another.</summary>
    public static byte[] Between(this byte[] frame, MacAddress source, MacAddress destination)
    {
        destination.Write(frame);
        source.Write(frame.AsSpan(6));
        return frame;
    }

    public static byte[] WithTimeToLive(this byte[] frame, byte timeToLive)
    {
        frame[EthernetLength + 8] = timeToLive;
        return frame.WithNetworkChecksum();
    }

    /// <summary>Sets the flags and offset word of the IPv4 header: 0x4000 is "don't fragment", 0x2000 "more".</summary>
    public static byte[] WithFragment(this byte[] frame, ushort flagsAndOffset)
    {
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(EthernetLength + 6), flagsAndOffset);
        return frame.WithNetworkChecksum();
    }

    public static byte[] WithNetworkChecksum(this byte[] frame)
    {
        Span<byte> header = frame.AsSpan(EthernetLength, 20);
        header[10..12].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], Checksum(header, 0));
        return frame;
    }

    /// <summary>The complement of the one's complement sum, word by word (RFC 1071).</summary>
    public static ushort Checksum(ReadOnlySpan<byte> octets, uint before)
    {
        uint sum = before;
        for (int index = 0; index < octets.Length; index++)
        {
            sum += (index & 1) == 0 ? (uint)octets[index] << 8 : octets[index];
        }

        while (sum >> 16 != 0)
        {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return (ushort)~sum;
    }

    public static uint PseudoHeader(IPv4Address source, IPv4Address destination, byte protocol, int length)
        => (source.Value >> 16) + (source.Value & 0xFFFF) + (destination.Value >> 16) + (destination.Value & 0xFFFF)
            + protocol + (uint)length;

    private static byte[] Frame(IPv4Address source, IPv4Address destination, byte protocol, byte[] payload)
    {
        byte[] frame = new byte[EthernetLength + 20 + payload.Length];
        frame[12] = 0x08;
        Span<byte> header = frame.AsSpan(EthernetLength, 20);
        header[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)(20 + payload.Length));
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], 0x1234);
        header[6] = 0x40;
        header[8] = 64;
        header[9] = protocol;
        BinaryPrimitives.WriteUInt32BigEndian(header[12..], source.Value);
        BinaryPrimitives.WriteUInt32BigEndian(header[16..], destination.Value);
        payload.CopyTo(frame, EthernetLength + 20);
        return frame.WithNetworkChecksum();
    }

    private static void WritePorts(Span<byte> segment, ushort source, ushort destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(segment, source);
        BinaryPrimitives.WriteUInt16BigEndian(segment[2..], destination);
    }

    private static void FillPayload(Span<byte> payload)
    {
        for (int index = 0; index < payload.Length; index++)
        {
            payload[index] = (byte)((index * 7) + 3);
        }
    }
}
