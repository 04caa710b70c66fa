using System;
using System.Buffers.Binary;
using CsCheck;

namespace NatEngine.Packets.Tests;

/// <summary>Incremental update (RFC 1624) against recomputation from scratch.</summary>
public sealed class ChecksumUpdateTests
{
    private static readonly Gen<ushort> AnyWord = Gen.Frequency(
        (4, Gen.UShort), (1, Gen.OneOf<ushort>(0x0000, 0x0001, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF)));

    private static readonly Gen<uint> AnyAddress =
        Gen.Select(AnyWord, AnyWord).Select((high, low) => ((uint)high << 16) | low);

    [Fact] // RFC 1624 section 4: equation 2 would give 0xFFFF here
    public void The_example_of_RFC_1624_gives_zero()
        => Assert.Equal(0x0000, InternetChecksum.Update(0xDD2F, ChecksumDelta.Of((ushort)0x5555, (ushort)0x3285)));

    [Fact] // RFC 1624 section 4, the sums that the example stands for
    public void The_example_of_RFC_1624_equals_recomputation()
    {
        byte[] before = [0xCD, 0x7A, 0x55, 0x55];
        byte[] after = [0xCD, 0x7A, 0x32, 0x85];

        Assert.Equal(0xDD2F, InternetChecksum.Compute(before));
        Assert.Equal(0x0000, InternetChecksum.Compute(after));
    }

    [Fact]
    public void Changing_a_word_equals_recomputation()
        => Gen.Select(Gen.Byte[1, 255], AnyWord, AnyWord, Gen.Byte.Array[0, 60]).Sample(
            (nonZero, from, to, rest) =>
            {
                // One octet that stays and is not zero, as every header has: a sum of nothing but zeros is the one
                // case that the incremental form tells apart from its negative.
                byte[] octets = [nonZero, 0, .. FrameWriter.Word(from), .. rest];
                ushort before = ReferenceChecksum.Of(octets);
                FrameWriter.Word(to).CopyTo(octets, 2);

                Assert.Equal(
                    ReferenceChecksum.Of(octets), InternetChecksum.Update(before, ChecksumDelta.Of(from, to)));
            },
            iter: 20_000);

    [Fact]
    public void Changing_both_addresses_and_a_port_equals_recomputation()
        => Gen.Select(AnyAddress, AnyAddress, AnyAddress, AnyAddress, AnyWord, AnyWord, Gen.Byte.Array[0, 40]).Sample(
            (source, destination, newSource, newDestination, port, newPort, payload) =>
            {
                byte[] transport = [.. FrameWriter.Word(port), .. payload];
                byte[] translated = [.. FrameWriter.Word(newPort), .. payload];
                ushort before = ReferenceChecksum.Of(Pseudo(source, destination, transport), transport);
                ChecksumDelta delta = ChecksumDelta.Of(new IPv4Address(source), new IPv4Address(newSource))
                    + ChecksumDelta.Of(new IPv4Address(destination), new IPv4Address(newDestination))
                    + ChecksumDelta.Of(port, newPort);

                Assert.Equal(
                    ReferenceChecksum.Of(Pseudo(newSource, newDestination, translated), translated),
                    InternetChecksum.Update(before, delta));
            },
            iter: 20_000);

    [Fact]
    public void A_delta_and_its_inverse_change_nothing()
        => Gen.Select(Gen.UShort[0, 0xFFFE], AnyAddress, AnyAddress, AnyWord, AnyWord).Sample(
            (checksum, from, to, port, newPort) =>
            {
                // 0xFFFF is left out: no header has it, and it comes back as its equal, zero.
                ChecksumDelta delta = ChecksumDelta.Of(new IPv4Address(from), new IPv4Address(to))
                    + ChecksumDelta.Of(port, newPort);

                ushort there = InternetChecksum.Update(checksum, delta);
                Assert.Equal(checksum, InternetChecksum.Update(there, delta.Inverse()));
                Assert.Equal(checksum, InternetChecksum.Update(checksum, delta + delta.Inverse()));
            },
            iter: 20_000);

    [Fact]
    public void The_inverse_is_the_delta_of_the_way_back()
        => Gen.Select(Gen.UShort[0, 0xFFFE], AnyAddress, AnyAddress).Sample(
            (checksum, from, to) =>
            {
                ChecksumDelta there = ChecksumDelta.Of(new IPv4Address(from), new IPv4Address(to));
                ChecksumDelta back = ChecksumDelta.Of(new IPv4Address(to), new IPv4Address(from));

                Assert.Equal(
                    InternetChecksum.Update(checksum, back), InternetChecksum.Update(checksum, there.Inverse()));
            },
            iter: 20_000);

    [Fact]
    public void No_change_changes_nothing_even_of_a_checksum_that_is_all_ones()
    {
        for (int checksum = 0; checksum <= 0xFFFF; checksum++)
        {
            Assert.Equal(checksum, InternetChecksum.Update((ushort)checksum, ChecksumDelta.None));
            Assert.Equal(checksum, InternetChecksum.UpdateUdp((ushort)checksum, ChecksumDelta.None));
        }

        Assert.Equal(ChecksumDelta.None, ChecksumDelta.None.Inverse());
        Assert.Equal(ChecksumDelta.None, ChecksumDelta.None + ChecksumDelta.None);
    }

    [Fact] // ~m + m is 0xFFFF, the other zero
    public void Replacing_a_word_by_itself_keeps_every_checksum_that_can_occur()
    {
        ChecksumDelta same = ChecksumDelta.Of((ushort)0x1234, (ushort)0x1234);
        for (int checksum = 0; checksum < 0xFFFF; checksum++)
        {
            Assert.Equal(checksum, InternetChecksum.Update((ushort)checksum, same));
        }

        for (int checksum = 1; checksum <= 0xFFFF; checksum++)
        {
            Assert.Equal(checksum, InternetChecksum.UpdateUdp((ushort)checksum, same));
        }
    }

    [Fact] // RFC 768
    public void A_datagram_without_checksum_stays_without()
        => Gen.UShort.Sample(delta => InternetChecksum.UpdateUdp(0, new ChecksumDelta(delta)) == 0, iter: 1_000);

    [Fact] // RFC 768: zero on the wire would mean "none"
    public void A_computed_zero_is_sent_as_all_ones()
    {
        ChecksumDelta delta = ChecksumDelta.Of((ushort)0x5555, (ushort)0x3285);

        Assert.Equal(0x0000, InternetChecksum.Update(0xDD2F, delta));
        Assert.Equal(0xFFFF, InternetChecksum.UpdateUdp(0xDD2F, delta));
        Assert.Equal(0xDD2F, InternetChecksum.UpdateUdp(0xFFFF, delta.Inverse()));
    }

    [Fact]
    public void A_udp_checksum_that_exists_never_becomes_none()
        => Gen.Select(Gen.UShort[1, 0xFFFF], Gen.UShort).Sample(
            (checksum, delta) => InternetChecksum.UpdateUdp(checksum, new ChecksumDelta(delta)) != 0,
            iter: 50_000);

    [Fact] // the field holds the pseudo-header's sum; ports are not in it yet
    public void A_partial_checksum_follows_the_addresses_and_is_right_when_completed()
        => Gen.Select(AnyAddress, AnyAddress, AnyAddress, AnyWord, AnyWord, Gen.Byte.Array[0, 41]).Sample(
            (source, destination, newSource, port, newPort, payload) =>
            {
                byte[] segment = FrameWriter.Tcp(port, payload: payload);
                ushort partial = (ushort)~ReferenceChecksum.Of(Pseudo(source, destination, segment));

                ushort translated = InternetChecksum.UpdatePartial(
                    partial, ChecksumDelta.Of(new IPv4Address(source), new IPv4Address(newSource)));
                FrameWriter.Word(newPort).CopyTo(segment, 0);
                BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(16), translated);
                ushort completed = InternetChecksum.CompletePartial(segment);

                BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(16), completed);
                Assert.Equal(0, ReferenceChecksum.Of(Pseudo(newSource, destination, segment), segment));
            },
            iter: 20_000);

    [Fact]
    public void A_completed_checksum_is_never_zero()
    {
        Assert.Equal(0xFFFF, InternetChecksum.CompletePartial([0xFF, 0xFF, 0x00, 0x00]));
        Assert.Equal(0xFFFE, InternetChecksum.CompletePartial([0x00, 0x01]));
    }

    private static byte[] Pseudo(uint source, uint destination, byte[] transport)
        => FrameWriter.PseudoHeader(source, destination, IpProtocol.Tcp, transport.Length);
}
