using System;
using System.Buffers.Binary;
using System.Net.NetworkInformation;
using NatEngine.Packets;
using NatEngine.Packets.Headers;

namespace NatEngine.Translation.Tests.Wire;

/// <summary>Frames from nothing, with right checksums. Written without the header views, so that the tests do not
/// believe what they test.</summary>
internal static class Frames
{
    public const int NetworkOffset = 14;
    private const int NetworkHeader = 20;

    public static byte[] Udp(string source, string destination, int payload = 4, bool checksum = true)
        => Udp(At(source), At(destination), payload, checksum);

    public static byte[] Udp(TransportAddress from, TransportAddress to, int payload = 4, bool checksum = true)
    {
        byte[] datagram = new byte[8 + payload];
        BinaryPrimitives.WriteUInt16BigEndian(datagram, from.Port);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(2), to.Port);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(4), (ushort)datagram.Length);
        if (checksum)
        {
            ushort sum = Checksum(datagram, PseudoHeader(from.Address, to.Address, 17, datagram.Length));
            BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(6), sum == 0 ? (ushort)0xFFFF : sum);
        }

        return Ethernet(IPv4(from.Address, to.Address, 17, datagram));
    }

    public static byte[] Tcp(
        string source, string destination, TcpFlags flags,
        uint sequence = 1, uint acknowledgment = 1, ushort window = 1000, int payload = 0, byte[]? options = null)
    {
        options ??= [];
        byte[] segment = new byte[20 + options.Length + payload];
        TransportAddress from = At(source);
        TransportAddress to = At(destination);
        BinaryPrimitives.WriteUInt16BigEndian(segment, from.Port);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), to.Port);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(4), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(8), acknowledgment);
        segment[12] = (byte)((20 + options.Length) / 4 << 4);
        segment[13] = (byte)flags;
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(14), window);
        options.CopyTo(segment.AsSpan(20));
        ushort sum = Checksum(segment, PseudoHeader(from.Address, to.Address, 6, segment.Length));
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(16), sum);
        return Ethernet(IPv4(from.Address, to.Address, 6, segment));
    }

    public static byte[] EchoRequest(string source, string destination, ushort identifier)
        => Icmp(source, destination, 8, 0, identifier);

    public static byte[] EchoReply(string source, string destination, ushort identifier)
        => Icmp(source, destination, 0, 0, identifier);

    public static byte[] Icmp(string source, string destination, byte type, byte code, ushort identifier)
        => IcmpMessage(source, destination, type, code, identifier, new byte[12]);

    /// <summary>An ICMP error about <paramref name="about"/>, of whose packet it embeds so many octets.</summary>
    public static byte[] Error(
        string source, string destination, byte[] about, byte type = 3, byte code = 3, int embedded = 28)
    {
        ReadOnlySpan<byte> packet = about.AsSpan(NetworkOffset);
        return IcmpMessage(
            source, destination, type, code, 0, packet[..Math.Min(embedded, packet.Length)].ToArray());
    }

    public static byte[] Other(string source, string destination, byte protocol)
        => Ethernet(IPv4(IPv4Address.Parse(source), IPv4Address.Parse(destination), protocol, new byte[16]));

    public static byte[] Arp() => [.. new byte[12], 0x08, 0x06, 0, 1, 8, 0, 6, 4, 0, 1, .. new byte[20]];

    /// <summary>The same packet in a frame of that station's.</summary>
    public static byte[] From(string station, byte[] frame)
        => [.. frame[..6], .. PhysicalAddress.Parse(station).GetAddressBytes(), .. frame[12..]];

    /// <summary>The same packet with that type of service.</summary>
    public static byte[] OfService(byte service, byte[] frame)
    {
        byte[] marked = [.. frame];
        Span<byte> header = marked.AsSpan(NetworkOffset, NetworkHeader);
        header[1] = service;
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], Checksum(header, 0));
        return marked;
    }

    /// <summary>The same packet as a fragment.</summary>
    public static byte[] AsFragment(byte[] frame, int offset, bool more, ushort identification = 7)
    {
        byte[] fragment = [.. frame];
        Span<byte> header = fragment.AsSpan(NetworkOffset, NetworkHeader);
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], identification);
        BinaryPrimitives.WriteUInt16BigEndian(header[6..], (ushort)((more ? 0x2000 : 0) | (offset / 8)));
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], Checksum(header, 0));
        return fragment;
    }

    public static TransportAddress At(string text)
        => TransportAddress.TryParse(text, out TransportAddress address)
            ? address
            : throw new FormatException($"'{text}' is not address:port.");

    public static uint PseudoHeader(IPv4Address source, IPv4Address destination, byte protocol, int length)
        => (source.Value >> 16) + (source.Value & 0xFFFF) + (destination.Value >> 16) + (destination.Value & 0xFFFF)
            + protocol + (uint)length;

    /// <summary>RFC 1071, word by word.</summary>
    public static ushort Checksum(ReadOnlySpan<byte> octets, uint sum)
    {
        for (int index = 0; index < octets.Length; index++)
        {
            sum += (uint)octets[index] << ((index & 1) == 0 ? 8 : 0);
        }

        while (sum > 0xFFFF)
        {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return (ushort)~sum;
    }

    private static byte[] IcmpMessage(
        string source, string destination, byte type, byte code, ushort identifier, byte[] body)
    {
        byte[] message = new byte[8 + body.Length];
        message[0] = type;
        message[1] = code;
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(4), identifier);
        body.CopyTo(message.AsSpan(8));
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), Checksum(message, 0));
        return Ethernet(IPv4(IPv4Address.Parse(source), IPv4Address.Parse(destination), 1, message));
    }

    private static byte[] IPv4(IPv4Address source, IPv4Address destination, byte protocol, byte[] payload)
    {
        byte[] packet = new byte[NetworkHeader + payload.Length];
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        packet[8] = 64;
        packet[9] = protocol;
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(12), source.Value);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(16), destination.Value);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), Checksum(packet.AsSpan(0, NetworkHeader), 0));
        payload.CopyTo(packet.AsSpan(NetworkHeader));
        return packet;
    }

    private static byte[] Ethernet(byte[] packet) => [.. new byte[12], 0x08, 0x00, .. packet];
}
