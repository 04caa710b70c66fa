using System;
using CsCheck;

namespace NatEngine.Packets.Tests;

/// <summary>Our parser against PacketDotNet: the same tuple and offsets, or both refuse.</summary>
public sealed class PacketParserAgreementTests
{
    [Fact]
    public void Agrees_with_an_independent_parser_on_right_frames()
        => FrameGenerators.Any.Sample(Agree, iter: 20_000, print: Convert.ToHexString);

    [Fact]
    public void Agrees_with_an_independent_parser_on_frames_cut_at_every_length()
        => FrameGenerators.Any.Sample(
            frame =>
            {
                for (int length = 0; length < frame.Length; length++)
                {
                    Agree(frame[..length]);
                }
            },
            iter: 1_000,
            print: Convert.ToHexString);

    [Fact]
    public void Agrees_with_an_independent_parser_on_changed_frames()
        => FrameGenerators.Mutated.Sample(Agree, iter: 50_000, print: Convert.ToHexString);

    [Fact]
    public void Never_throws_on_arbitrary_octets()
        => Gen.Byte.Array[0, 200].Sample(
            octets =>
            {
                DropReason reason = PacketParser.Parse(octets, out PacketFacts facts);
                Assert.True(reason != DropReason.None || facts.Kind != PacketKind.None);
            },
            iter: 100_000,
            print: Convert.ToHexString);

    [Fact]
    public void The_generators_reach_every_kind_and_every_reason_of_the_parser()
    {
        bool[] kinds = new bool[(int)PacketKind.LaterFragment + 1];
        bool[] reasons = new bool[(int)DropReason.UnrelatedIcmpError + 1];
        Gen.OneOf(FrameGenerators.Any, FrameGenerators.Mutated, FrameGenerators.Cut).Array[50_000].Sample(
            frames =>
            {
                foreach (byte[] frame in frames)
                {
                    DropReason reason = PacketParser.Parse(frame, out PacketFacts facts);
                    reasons[(int)reason] = true;
                    kinds[(int)facts.Kind] |= reason == DropReason.None;
                }
            },
            iter: 1,
            threads: 1);

        for (PacketKind kind = PacketKind.OtherEtherType; kind <= PacketKind.LaterFragment; kind++)
        {
            Assert.True(kinds[(int)kind], $"No frame is {kind}.");
        }

        DropReason[] ofTheParser =
        [
            DropReason.None, DropReason.TruncatedEthernet, DropReason.MalformedIPv4, DropReason.BadIPv4Checksum,
            DropReason.BadIcmpChecksum, DropReason.MalformedTransport, DropReason.MalformedArp,
            DropReason.UnrelatedIcmpError,
        ];
        Assert.All(ofTheParser, reason => Assert.True(reasons[(int)reason], $"No frame is refused as {reason}."));
    }

    private static void Agree(byte[] frame)
    {
        IndependentReading? expected = IndependentParser.Read(frame);
        DropReason reason = PacketParser.Parse(frame, out PacketFacts facts);
        IndependentReading? actual = reason != DropReason.None
            ? null
            : new IndependentReading(
                facts.Kind,
                facts.NetworkOffset,
                facts.TransportOffset,
                facts.EmbeddedNetworkOffset,
                facts.EmbeddedTransportOffset,
                facts.Tuple);
        Assert.Equal(expected, actual);
    }
}
