using System;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using NatEngine.Packets.Headers;

namespace NatEngine.Packets;

/// <summary>The checksum of IPv4, ICMP, UDP and TCP: the complement of the one's complement sum of 16-bit words in
/// network order (RFC 1071), and its incremental update (RFC 1624).</summary>
public static class InternetChecksum
{
    // Below this, setting the vectors up costs more than they save.
    private const int VectorsPayOff = 128;

    /// <summary>Folds carries back until 16 bits are left (RFC 1071 section 2).</summary>
    /// <remarks>Both halves add up in the upper one, and the carry that goes around comes in from the lower.</remarks>
    public static ushort Fold(uint sum) => (ushort)((sum + BitOperations.RotateRight(sum, 16)) >> 16);

    /// <summary>The folded one's complement sum of <paramref name="octets"/>, not complemented. An odd last octet
    /// counts as if a zero octet followed.</summary>
    /// <remarks>Sums in the order of the host and swaps once at the end: RFC 1071 section 2(B) shows that the order of
    /// octets may be exchanged before or after. The halves of each word are summed apart, so that 64 bits hold what
    /// any number of them adds up to and nothing carries before the end.</remarks>
    public static ushort Sum(ReadOnlySpan<byte> octets)
    {
        ulong sum = 0;
        if (octets.Length >= VectorsPayOff)
        {
            ReadOnlySpan<Vector<ulong>> vectors = MemoryMarshal.Cast<byte, Vector<ulong>>(octets);
            sum = Sum(vectors);
            octets = octets[(vectors.Length * Vector<byte>.Count)..];
        }

        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(octets);
        foreach (ulong word in words)
        {
            sum += (uint)word;
            sum += word >> 32;
        }

        sum += LastOctets(octets[(words.Length * sizeof(ulong))..]);
        return ToNetworkOrder(sum);
    }

    /// <summary>The folded sum of an IPv4 header, 0xFFFF if its checksum is right.</summary>
    /// <param name="header">The header with its options.</param>
    /// <remarks>Nearly all headers have no options; for those the length is known and there is nothing to loop over.
    /// </remarks>
    public static ushort SumIPv4Header(ReadOnlySpan<byte> header)
    {
        if (header.Length != IPv4Header.MinLength)
        {
            return Sum(header);
        }

        ref readonly FiveWords words = ref MemoryMarshal.AsRef<FiveWords>(header);
        return ToNetworkOrder(
            (uint)words.First + (words.First >> 32) + (uint)words.Second + (words.Second >> 32) + words.Third);
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

    /// <summary>The checksum after two changes.</summary>
    public static ushort Update(ushort checksum, ChecksumDelta first, ChecksumDelta second)
        => (ushort)~Fold((uint)(ushort)~checksum + first.Value + second.Value);

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

    /// <summary>Completes a partial checksum as the kernel does on the way out (skb_checksum_help in net/core/dev.c).
    /// </summary>
    /// <param name="octets">From where summing starts to the end of the frame: transport header and payload. The
    /// checksum field holds the pseudo-header's sum.</param>
    /// <returns>What belongs in the checksum field; never zero, which in UDP would say that there is no checksum, and
    /// all ones is the same number.</returns>
    public static ushort CompletePartial(ReadOnlySpan<byte> octets)
    {
        ushort checksum = Compute(octets);
        return checksum == 0 ? (ushort)0xFFFF : checksum;
    }

    private static ulong Sum(ReadOnlySpan<Vector<ulong>> vectors)
    {
        Vector<ulong> lowHalf = new(uint.MaxValue);
        Vector<ulong> low = Vector<ulong>.Zero;
        Vector<ulong> high = Vector<ulong>.Zero;
        foreach (Vector<ulong> vector in vectors)
        {
            low += vector & lowHalf;
            high += vector >>> 32;
        }

        return Vector.Sum(low) + Vector.Sum(high);
    }

    // At most seven octets: a word, a half and an octet, each at an even place, so that they may simply be added.
    private static ulong LastOctets(ReadOnlySpan<byte> octets)
    {
        ulong last = 0;
        int read = 0;
        if ((octets.Length & sizeof(uint)) != 0)
        {
            last = MemoryMarshal.Read<uint>(octets);
            read = sizeof(uint);
        }

        if ((octets.Length & sizeof(ushort)) != 0)
        {
            last += MemoryMarshal.Read<ushort>(octets[read..]);
            read += sizeof(ushort);
        }

        return (octets.Length & 1) != 0 ? last + octets[read] : last;
    }

    private static ushort ToNetworkOrder(ulong sum)
    {
        // Folded to 32 bits as Fold does to 16.
        return BinaryPrimitives.ReverseEndianness(Fold((uint)((sum + BitOperations.RotateRight(sum, 32)) >> 32)));
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct FiveWords
    {
        public ulong First;
        public ulong Second;
        public uint Third;
    }
}
