using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NatEngine.Packets;

/// <summary>The checksum of IPv4, ICMP, UDP and TCP: the complement of the one's complement sum of 16-bit words in
/// network order (RFC 1071), and its incremental update (RFC 1624).</summary>
public static class InternetChecksum
{
    /// <summary>Folds carries back until 16 bits are left (RFC 1071 section 2).</summary>
    public static ushort Fold(uint sum)
    {
        sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)(sum + (sum >> 16));
    }

    /// <summary>The folded one's complement sum of <paramref name="octets"/>, not complemented. An odd last octet
    /// counts as if a zero octet followed.</summary>
    /// <remarks>Sums in the order of the host, eight octets at a time, and swaps once at the end: RFC 1071 section 2(B)
    /// shows that the order of octets may be exchanged before or after.</remarks>
    public static ushort Sum(ReadOnlySpan<byte> octets)
    {
        ulong sum = 0;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(octets);
        foreach (ulong word in words)
        {
            sum += word;
            sum += sum < word ? 1UL : 0UL; // end-around carry
        }

        octets = octets[(words.Length * sizeof(ulong))..];
        ulong rest = 0;
        for (int index = 0; index < octets.Length; index++)
        {
            rest |= (ulong)octets[index] << (8 * index);
        }

        sum += rest;
        sum += sum < rest ? 1UL : 0UL;
        uint half = (uint)sum + (uint)(sum >> 32);
        half += half < (uint)sum ? 1U : 0U;
        return BinaryPrimitives.ReverseEndianness(Fold(half));
    }

    /// <summary>The checksum of <paramref name="octets"/> and what was summed before.</summary>
    /// <param name="octets">What is to be covered, its checksum field zero.</param>
    /// <param name="before">A folded sum to add, such as a pseudo-header's.</param>
    public static ushort Compute(ReadOnlySpan<byte> octets, ushort before = 0)
        => (ushort)~Fold((uint)Sum(octets) + before);

    /// <summary>The sum of the pseudo-header of TCP and UDP (RFC 9293 section 3.1, RFC 768).</summary>
    /// <param name="source">The source address.</param>
    /// <param name="destination">The destination address.</param>
    /// <param name="protocol">The transport protocol.</param>
    /// <param name="length">Octets of transport header and payload.</param>
    public static ushort PseudoHeaderSum(
        IPv4Address source, IPv4Address destination, IpProtocol protocol, ushort length)
        => Fold((source.Value >> 16) + (ushort)source.Value + (destination.Value >> 16) + (ushort)destination.Value
            + (uint)protocol + length);

    /// <summary>The checksum after a change.</summary>
    /// <returns>HC' = ~(~HC + ~m + m'), RFC 1624 equation 3.</returns>
    public static ushort Update(ushort checksum, ChecksumDelta delta)
        => (ushort)~Fold((uint)(ushort)~checksum + delta.Value);

    /// <summary>The UDP checksum after a change, with the zero rules of RFC 768: no checksum stays none, and a computed
    /// zero is sent as all ones.</summary>
    public static ushort UpdateUdp(ushort checksum, ChecksumDelta delta)
    {
        if (checksum == 0)
        {
            return 0;
        }

        ushort updated = Update(checksum, delta);
        return updated == 0 ? (ushort)0xFFFF : updated;
    }

    /// <summary>A partial checksum after a change: the field holds the pseudo-header's sum, not complemented, and
    /// whoever completes it will sum the ports, so only the change of addresses belongs in it.</summary>
    public static ushort UpdatePartial(ushort pseudoHeaderSum, ChecksumDelta addresses)
        => Fold((uint)pseudoHeaderSum + addresses.Value);
}
