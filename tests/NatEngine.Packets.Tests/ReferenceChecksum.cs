using System;

namespace NatEngine.Packets.Tests;

/// <summary>The checksum as RFC 1071 section 4.1 writes it in C: slow, and plainly right.</summary>
internal static class ReferenceChecksum
{
    internal static ushort Of(params byte[][] parts)
    {
        byte[] octets = Array.Empty<byte>();
        foreach (byte[] part in parts)
        {
            octets = [.. octets, .. part];
        }

        long sum = 0;
        int index = 0;
        int count = octets.Length;
        while (count > 1)
        {
            sum += (octets[index] << 8) | octets[index + 1];
            index += 2;
            count -= 2;
        }

        if (count > 0)
        {
            sum += octets[index] << 8;
        }

        while (sum >> 16 != 0)
        {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return (ushort)~sum;
    }
}
