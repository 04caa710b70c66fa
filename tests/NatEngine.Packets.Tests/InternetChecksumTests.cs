using System;
using System.Buffers.Binary;
using CsCheck;

namespace NatEngine.Packets.Tests;

public sealed class InternetChecksumTests
{
    [Fact] // RFC 1071 section 3
    public void The_example_of_RFC_1071_sums_to_ddf2()
        => Assert.Equal(0xDDF2, InternetChecksum.Sum([0x00, 0x01, 0xF2, 0x03, 0xF4, 0xF5, 0xF6, 0xF7]));

    [Fact] // RFC 1071 section 3: the checksum is the complement
    public void The_example_of_RFC_1071_has_the_checksum_220d()
        => Assert.Equal(0x220D, InternetChecksum.Compute([0x00, 0x01, 0xF2, 0x03, 0xF4, 0xF5, 0xF6, 0xF7]));

    [Fact]
    public void An_IPv4_header_has_its_known_checksum()
    {
        byte[] header = Convert.FromHexString("450000730000400040110000C0A80001C0A800C7");

        Assert.Equal(0xB861, InternetChecksum.Compute(header));
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(10), 0xB861);
        Assert.Equal(0xFFFF, InternetChecksum.SumIPv4Header(header));
        header[19] ^= 1;
        Assert.NotEqual(0xFFFF, InternetChecksum.SumIPv4Header(header));
    }

    [Theory]
    [InlineData(0x0000_0000, 0x0000)]
    [InlineData(0x0000_FFFF, 0xFFFF)]
    [InlineData(0x0001_0000, 0x0001)]
    [InlineData(0x0001_FFFF, 0x0001)] // the fold itself carries
    [InlineData(0xFFFF_0001, 0x0001)]
    [InlineData(0xFFFF_FFFF, 0xFFFF)]
    public void Fold_adds_every_carry(uint sum, ushort folded) => Assert.Equal(folded, InternetChecksum.Fold(sum));

    [Fact]
    public void Nothing_sums_to_zero() => Assert.Equal(0, InternetChecksum.Sum([]));

    [Fact]
    public void Zeros_sum_to_zero_and_anything_else_to_something_else()
    {
        Assert.Equal(0, InternetChecksum.Sum(new byte[1500]));
        Assert.Equal(0xFFFF, InternetChecksum.Sum([0xFF, 0xFF, 0, 0]));
        Assert.Equal(0xFFFF, InternetChecksum.Sum([0x7F, 0xFF, 0x80, 0x00]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void An_odd_last_octet_counts_as_the_upper_half_of_a_word(int words)
    {
        byte[] octets = new byte[(2 * words) - 1];
        octets[^1] = 0xAB;

        Assert.Equal(0xAB00, InternetChecksum.Sum(octets));
    }

    [Fact] // nothing is lost where the sums of halves carry over
    public void All_ones_of_every_length_sum_to_all_ones()
    {
        byte[] octets = new byte[65536];
        octets.AsSpan().Fill(0xFF);
        for (int length = 2; length <= 512; length += 2)
        {
            Assert.Equal(0xFFFF, InternetChecksum.Sum(octets.AsSpan(0, length)));
        }

        Assert.Equal(0xFFFF, InternetChecksum.Sum(octets));
    }

    [Fact]
    public void Sum_equals_the_reference_for_arbitrary_octets_at_any_place()
        => Gen.Select(Gen.Byte.Array[0, 1600], Gen.Int[0, 40]).Sample(
            (octets, start) =>
            {
                byte[] part = octets[Math.Min(start, octets.Length)..];
                ushort sum = InternetChecksum.Sum(octets.AsSpan(Math.Min(start, octets.Length)));
                Assert.Equal((ushort)~ReferenceChecksum.Of(part), sum);
            },
            iter: 5_000);

    [Fact]
    public void Sum_equals_the_reference_at_every_length()
    {
        byte[] octets = new byte[300];
        new Random(1).NextBytes(octets);
        for (int length = 0; length <= octets.Length; length++)
        {
            ushort expected = (ushort)~ReferenceChecksum.Of(octets[..length]);
            Assert.Equal(expected, InternetChecksum.Sum(octets.AsSpan(0, length)));
        }
    }

    [Fact]
    public void The_sum_of_a_header_equals_the_reference_with_and_without_options()
        => Gen.Int[5, 15].SelectMany(words => Gen.Byte.Array[4 * words]).Sample(
            header => Assert.Equal((ushort)~ReferenceChecksum.Of(header), InternetChecksum.SumIPv4Header(header)),
            iter: 5_000);

    [Fact]
    public void Parts_may_be_summed_apart()
        => Gen.Select(Gen.Byte.Array[0, 60], Gen.Byte.Array[0, 60]).Sample(
            (first, second) =>
            {
                byte[] even = first.Length % 2 == 0 ? first : [.. first, 0];
                ushort checksum = InternetChecksum.Compute(second, InternetChecksum.Sum(even));
                Assert.Equal(ReferenceChecksum.Of(even, second), checksum);
            },
            iter: 5_000);

    [Fact] // RFC 768, RFC 9293 section 3.1
    public void The_pseudo_header_sums_like_the_octets_it_stands_for()
        => Gen.Select(Gen.UInt, Gen.UInt, Gen.Byte, Gen.UShort).Sample(
            (source, destination, protocol, length) =>
            {
                byte[] octets = FrameWriter.PseudoHeader(source, destination, (IpProtocol)protocol, length);
                ushort sum = InternetChecksum.PseudoHeaderSum(
                    new IPv4Address(source), new IPv4Address(destination), (IpProtocol)protocol, length);
                Assert.Equal((ushort)~ReferenceChecksum.Of(octets), sum);
            },
            iter: 5_000);

    [Fact]
    public void A_pseudo_header_of_all_ones_is_folded_completely()
    {
        byte[] octets = FrameWriter.PseudoHeader(uint.MaxValue, uint.MaxValue, (IpProtocol)255, 65535);
        Assert.Equal(
            (ushort)~ReferenceChecksum.Of(octets),
            InternetChecksum.PseudoHeaderSum(IPv4Address.Broadcast, IPv4Address.Broadcast, (IpProtocol)255, 65535));
    }
}
