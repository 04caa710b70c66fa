using System;
using System.Buffers.Binary;
using System.Net;

namespace NatEngine.Conformance.Wire;

/// <summary>Makes and reads ICMP messages (RFC 792).</summary>
internal static class IcmpPacket
{
    public const byte EchoReply = 0;
    public const byte Unreachable = 3;
    public const byte Echo = 8;
    public const byte TimeExceeded = 11;

    public const byte HostUnreachable = 1;
    public const byte PortUnreachable = 3;
    public const byte FragmentationNeeded = 4;
    public const byte AdministrativelyProhibited = 13;

    private const int HeaderLength = 8;

    /// <summary>An echo request or reply.</summary>
    public static IPv4Packet Query(
        IPAddress from, IPAddress to, byte type, ushort identifier, ReadOnlySpan<byte> content)
    {
        byte[] octets = new byte[HeaderLength + content.Length];
        octets[0] = type;
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(4), identifier);
        content.CopyTo(octets.AsSpan(HeaderLength));
        return Packet(from, to, octets);
    }

    /// <summary>An error about a packet.</summary>
    /// <param name="from">Who complains.</param>
    /// <param name="to">Whom it tells.</param>
    /// <param name="type">3 or 11.</param>
    /// <param name="code">Of that type.</param>
    /// <param name="embedded">The octets of the packet that it is about, from its IPv4 header on, and what follows
    /// them.</param>
    /// <param name="rest">The last four octets of the ICMP header.</param>
    public static IPv4Packet Error(
        IPAddress from, IPAddress to, byte type, byte code, ReadOnlySpan<byte> embedded, uint rest = 0)
    {
        byte[] octets = new byte[HeaderLength + embedded.Length];
        octets[0] = type;
        octets[1] = code;
        BinaryPrimitives.WriteUInt32BigEndian(octets.AsSpan(4), rest);
        embedded.CopyTo(octets.AsSpan(HeaderLength));
        return Packet(from, to, octets);
    }

    /// <summary>The same with a wrong ICMP checksum.</summary>
    public static IPv4Packet Damaged(IPv4Packet message)
    {
        byte[] octets = [.. message.Payload];
        octets[2] ^= 0x55;
        return message with { Payload = octets };
    }

    /// <summary>The type, or 255 if it is no ICMP message.</summary>
    public static byte Type(IPv4Packet packet)
        => packet.Protocol == IPv4Packet.Icmp && packet.Payload.Length >= HeaderLength ? packet.Payload[0] : (byte)255;

    public static byte Code(IPv4Packet packet) => packet.Payload[1];

    /// <summary>The identifier of a query or its answer.</summary>
    public static ushort Identifier(IPv4Packet packet) => packet.Word(4);

    /// <summary>The MTU that a "fragmentation needed" recommends (RFC 1191).</summary>
    public static ushort NextHopMtu(IPv4Packet packet) => packet.Word(6);

    /// <summary>What follows the ICMP header.</summary>
    public static ReadOnlySpan<byte> Content(IPv4Packet packet)
        => packet.Payload.AsSpan(Math.Min(HeaderLength, packet.Payload.Length));

    /// <summary>The packet that an error is about, as far as it is there; null if it is no error.</summary>
    public static IPv4Packet? Embedded(IPv4Packet packet)
        => Type(packet) is Unreachable or TimeExceeded ? IPv4Packet.Parse(Content(packet)) : null;

    private static IPv4Packet Packet(IPAddress from, IPAddress to, byte[] octets)
    {
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(2), Checksum.Of(octets));
        return new IPv4Packet { Source = from, Destination = to, Protocol = IPv4Packet.Icmp, Payload = octets };
    }
}
