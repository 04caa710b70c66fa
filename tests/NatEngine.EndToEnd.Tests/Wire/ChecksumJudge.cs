using System;

namespace NatEngine.EndToEnd.Tests.Wire;

/// <summary>Says whether a frame's checksums are what they must be, summing every octet (RFC 1071). Shares no code with
/// the product's own checksums.</summary>
internal static class ChecksumJudge
{
    private const int Icmp = 1;
    private const int Tcp = 6;
    private const int Udp = 17;

    /// <summary>What is wrong with a frame; null if nothing is.</summary>
    /// <remarks>
    /// A frame that the kernel says is unfinished must hold, in its checksum field, the sum of its pseudo-header, not
    /// complemented: that is what whoever finishes it starts from (skbuff.h, CHECKSUM_PARTIAL). Every other one must be
    /// right as it is. Only UDP may do without (RFC 768).
    /// </remarks>
    public static string? Fault(CapturedFrame frame)
    {
        if (!frame.IsIPv4)
        {
            return null;
        }

        int headerSum = Sum(frame.Octets.AsSpan(CapturedFrame.EthernetLength..frame.TransportStart));
        if (headerSum != 0xFFFF)
        {
            return $"IPv4 header sums to {headerSum:x4}: {frame}";
        }

        bool isFragment = (frame.Word(CapturedFrame.EthernetLength + 6) & 0x3FFF) != 0;
        return isFragment ? null : TransportFault(frame);
    }

    private static string? TransportFault(CapturedFrame frame)
    {
        ReadOnlySpan<byte> transport = frame.Octets.AsSpan(frame.TransportStart..frame.PacketEnd);
        int field = frame.Protocol switch { Tcp => 16, Udp => 6, Icmp => 2, _ => -1 };
        if (field < 0)
        {
            return null;
        }

        int pseudo = frame.Protocol == Icmp ? 0 : PseudoHeaderSum(frame, transport.Length);
        int stored = frame.Word(frame.TransportStart + field);
        if (frame.ChecksumStart is { } start)
        {
            bool inPlace = start == frame.TransportStart && frame.ChecksumOffset == field;
            return inPlace && stored == pseudo
                ? null
                : $"unfinished checksum {stored:x4}, pseudo-header {pseudo:x4}, start {start}: {frame}";
        }

        if (frame.Protocol == Udp && stored == 0)
        {
            return null;
        }

        int sum = Fold(pseudo + Sum(transport));
        return sum == 0xFFFF ? null : $"checksum {stored:x4} sums to {sum:x4}: {frame}";
    }

    private static int PseudoHeaderSum(CapturedFrame frame, int length)
        => Fold(Sum(frame.Octets.AsSpan(CapturedFrame.EthernetLength + 12, 8)) + frame.Protocol + length);

    private static int Sum(ReadOnlySpan<byte> octets)
    {
        long sum = 0;
        for (int i = 0; i < octets.Length; i++)
        {
            sum += (i & 1) == 0 ? octets[i] << 8 : octets[i];
        }

        return Fold(sum);
    }

    private static int Fold(long sum)
    {
        while (sum > 0xFFFF)
        {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return (int)sum;
    }
}
