using System;
using System.Buffers.Binary;
using System.Net;

namespace NatEngine.EndToEnd.Tests.Differential;

/// <summary>A packet that came out of a gateway.</summary>
/// <param name="At">Who received it.</param>
/// <param name="Packet">The IPv4 packet.</param>
/// <param name="Trailer">Octets of the frame beyond the packet.</param>
internal sealed record Emerged(Place At, byte[] Packet, int Trailer)
{
    /// <summary>Where the IPv4 header ends.</summary>
    public int TransportStart => (Packet[0] & 0x0F) * 4;

    /// <summary>The source address and port, as text; the identifier of an ICMP query in the port's place.</summary>
    public string Source => $"{new IPAddress(Packet.AsSpan(12, 4))}:{SourcePort}";

    /// <summary>The source port of TCP or UDP, or the identifier of an ICMP query.</summary>
    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(
        Packet.AsSpan(TransportStart + (Packet[9] == Packets.IcmpProtocol ? 4 : 0)));
}
