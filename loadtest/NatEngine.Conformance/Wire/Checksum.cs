using System;

namespace NatEngine.Conformance.Wire;

/// <summary>The Internet checksum from scratch (RFC 1071). Shares no code with the product's: what both got wrong,
/// neither would notice.</summary>
internal static class Checksum
{
    /// <summary>The sum of 16-bit words in network byte order, carries added; a last odd octet counts as the high one.
    /// </summary>
    public static int Sum(ReadOnlySpan<byte> octets, int start = 0)
    {
        long sum = start;
        for (int i = 0; i < octets.Length; i++)
        {
            sum += (i & 1) == 0 ? octets[i] << 8 : octets[i];
        }

        while (sum > 0xFFFF)
        {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return (int)sum;
    }

    /// <summary>What goes into the checksum field of octets whose field is zero.</summary>
    public static ushort Of(ReadOnlySpan<byte> octets, int start = 0) => (ushort)~Sum(octets, start);

    /// <summary>The sum of TCP's and UDP's pseudo-header (RFC 768, RFC 9293).</summary>
    public static int PseudoHeader(IPv4Packet packet)
    {
        Span<byte> addresses = stackalloc byte[8];
        packet.Source.TryWriteBytes(addresses, out _);
        packet.Destination.TryWriteBytes(addresses[4..], out _);
        return Sum(addresses, packet.Protocol + packet.Payload.Length);
    }
}
