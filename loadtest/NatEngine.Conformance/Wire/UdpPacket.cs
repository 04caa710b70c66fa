using System;
using System.Buffers.Binary;
using System.Net;

namespace NatEngine.Conformance.Wire;

/// <summary>Makes and reads UDP datagrams (RFC 768).</summary>
internal static class UdpPacket
{
    /// <summary>Length of the header, in octets.</summary>
    public const int HeaderLength = 8;

    /// <summary>Makes one, checksum included.</summary>
    public static IPv4Packet Create(IPEndPoint from, IPEndPoint to, ReadOnlySpan<byte> content)
    {
        byte[] octets = new byte[HeaderLength + content.Length];
        BinaryPrimitives.WriteUInt16BigEndian(octets, (ushort)from.Port);
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(2), (ushort)to.Port);
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(4), (ushort)octets.Length);
        content.CopyTo(octets.AsSpan(HeaderLength));
        IPv4Packet packet = new()
        {
            Source = from.Address,
            Destination = to.Address,
            Protocol = IPv4Packet.Udp,
            Payload = octets,
        };
        ushort checksum = Checksum.Of(octets, Checksum.PseudoHeader(packet));
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(6), checksum == 0 ? (ushort)0xFFFF : checksum);
        return packet;
    }

    /// <summary>What a datagram carries.</summary>
    public static ReadOnlySpan<byte> Content(IPv4Packet packet)
        => packet.Payload.AsSpan(Math.Min(HeaderLength, packet.Payload.Length));
}
