using System;
using System.Buffers.Binary;
using System.Net;

namespace NatEngine.Conformance.Wire;

/// <summary>Makes and reads TCP segments without options (RFC 9293).</summary>
internal static class TcpPacket
{
    public const byte Fin = 0x01;
    public const byte Syn = 0x02;
    public const byte Rst = 0x04;
    public const byte Ack = 0x10;

    private const int HeaderLength = 20;
    private const int Window = 65_535;

    /// <summary>Makes one, checksum included.</summary>
    public static IPv4Packet Create(
        IPEndPoint from, IPEndPoint to, byte flags, uint sequence, uint acknowledgment, ReadOnlySpan<byte> content)
    {
        byte[] octets = new byte[HeaderLength + content.Length];
        BinaryPrimitives.WriteUInt16BigEndian(octets, (ushort)from.Port);
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(2), (ushort)to.Port);
        BinaryPrimitives.WriteUInt32BigEndian(octets.AsSpan(4), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(octets.AsSpan(8), acknowledgment);
        octets[12] = HeaderLength / 4 << 4;
        octets[13] = flags;
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(14), Window);
        content.CopyTo(octets.AsSpan(HeaderLength));
        IPv4Packet packet = new()
        {
            Source = from.Address,
            Destination = to.Address,
            Protocol = IPv4Packet.Tcp,
            DontFragment = true,
            Payload = octets,
        };
        BinaryPrimitives.WriteUInt16BigEndian(
            octets.AsSpan(16), Checksum.Of(octets, Checksum.PseudoHeader(packet)));
        return packet;
    }

    /// <summary>The control bits; none if it has no header.</summary>
    public static byte Flags(IPv4Packet packet) => packet.Payload.Length < HeaderLength ? (byte)0 : packet.Payload[13];

    /// <summary>The sequence number; 0 if it has no header.</summary>
    public static uint Sequence(IPv4Packet packet)
        => packet.Payload.Length < HeaderLength ? 0 : BinaryPrimitives.ReadUInt32BigEndian(packet.Payload.AsSpan(4));

    /// <summary>What a segment carries.</summary>
    public static ReadOnlySpan<byte> Content(IPv4Packet packet)
        => packet.Payload.AsSpan(Math.Min(HeaderLength, packet.Payload.Length));
}
