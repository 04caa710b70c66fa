using System;

namespace NatEngine.EndToEnd.Tests.Wire;

/// <summary>The judge is judged on a datagram whose checksums were worked out by hand.</summary>
public sealed class ChecksumJudgeTests
{
    // 203.0.113.1:1024 > 203.0.113.10:7, "ab", UDP checksum right.
    private const string Datagram =
        "020000000002" + "020000000001" + "0800" +
        "4500001e0000000040110000cb007101cb00710a" + "04000007000a0000" + "6162";

    [Fact]
    public void A_complete_frame_is_right() => Assert.Null(ChecksumJudge.Fault(Complete()));

    [Fact]
    public void A_wrong_octet_anywhere_in_the_packet_is_found()
    {
        for (int at = CapturedFrame.EthernetLength; at < Complete().Octets.Length; at++)
        {
            CapturedFrame frame = Complete();
            frame.Octets[at] ^= 0x10;

            // Changing what says how to read the packet (version, length, protocol) leaves another packet to judge.
            if (at is not (14 or 16 or 17 or 20 or 23))
            {
                Assert.NotNull(ChecksumJudge.Fault(frame));
            }
        }
    }

    [Fact]
    public void An_unfinished_frame_holds_the_sum_of_its_pseudo_header()
    {
        CapturedFrame right = Unfinished(PseudoHeader);

        Assert.Null(ChecksumJudge.Fault(right));
        Assert.NotNull(ChecksumJudge.Fault(Unfinished(PseudoHeader + 1)));
        Assert.NotNull(ChecksumJudge.Fault(right with { ChecksumStart = 14 }));

        // The same octets are wrong in a frame that nobody will finish.
        Assert.NotNull(ChecksumJudge.Fault(right with { ChecksumStart = null }));
    }

    [Fact]
    public void Udp_may_do_without_a_checksum()
    {
        CapturedFrame frame = Complete();
        frame.Octets[40] = frame.Octets[41] = 0;

        Assert.Null(ChecksumJudge.Fault(frame));
    }

    // 203.0.113.1 + 203.0.113.10 + UDP + 10 octets: cb00 + 7101 + cb00 + 710a + 0011 + 000a, carries added.
    private const int PseudoHeader = 0x7828;

    private static CapturedFrame Complete()
    {
        byte[] octets = Convert.FromHexString(Datagram);

        // ~(4500 + 001e + 4011 + cb00 + 7101 + cb00 + 710a), carries added.
        (octets[24], octets[25]) = (0x02, 0xC3);

        // ~(pseudo-header + 0400 + 0007 + 000a + 6162), carries added.
        (octets[40], octets[41]) = (0x22, 0x64);
        return new CapturedFrame(octets, null, 0, IsSuperFrame: false);
    }

    private static CapturedFrame Unfinished(int field)
    {
        CapturedFrame frame = Complete();
        (frame.Octets[40], frame.Octets[41]) = ((byte)(field >> 8), (byte)field);
        return frame with { ChecksumStart = 34, ChecksumOffset = 6 };
    }
}
