using System;
using System.Buffers.Binary;
using NatEngine.Packets;

namespace NatEngine.Translation.Tests.Wire;

/// <summary>Does to a frame what a verdict says, the obvious way, and insists that the checksum deltas lead to the same
/// sums as adding up from the beginning.</summary>
internal static class Applier
{
    public static byte[] Apply(byte[] frame, in PacketFacts facts, in Rewrite rewrite)
    {
        byte[] result = [.. frame];
        Span<byte> header = result.AsSpan(facts.NetworkOffset, facts.TransportOffset - facts.NetworkOffset);
        Span<byte> transport = result.AsSpan(
            facts.TransportOffset, facts.NetworkLength - (facts.TransportOffset - facts.NetworkOffset));
        BinaryPrimitives.WriteUInt32BigEndian(header[12..], rewrite.Source.Address.Value);
        BinaryPrimitives.WriteUInt32BigEndian(header[16..], rewrite.Destination.Address.Value);
        Add(header[10..], rewrite.NetworkDelta);
        Assert.Equal(0, Frames.Checksum(header, 0));
        switch (facts.Kind)
        {
            case PacketKind.Udp:
                WritePorts(transport, rewrite);
                if (BinaryPrimitives.ReadUInt16BigEndian(transport[6..]) != 0)
                {
                    Add(transport[6..], rewrite.TransportDelta);
                    AssertSum(transport, rewrite, 17);
                }

                break;
            case PacketKind.Tcp:
                WritePorts(transport, rewrite);
                Add(transport[16..], rewrite.TransportDelta);
                AssertSum(transport, rewrite, 6);
                break;
            case PacketKind.IcmpQuery:
                bool asks = transport[0] is 8 or 13 or 17;
                BinaryPrimitives.WriteUInt16BigEndian(
                    transport[4..], asks ? rewrite.Source.Port : rewrite.Destination.Port);
                Add(transport[2..], rewrite.TransportDelta);
                Assert.Equal(0, Frames.Checksum(transport, 0));
                break;
        }

        return result;
    }

    private static void WritePorts(Span<byte> transport, in Rewrite rewrite)
    {
        BinaryPrimitives.WriteUInt16BigEndian(transport, rewrite.Source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(transport[2..], rewrite.Destination.Port);
    }

    private static void AssertSum(Span<byte> transport, in Rewrite rewrite, byte protocol)
        => Assert.Equal(
            0,
            Frames.Checksum(
                transport,
                Frames.PseudoHeader(rewrite.Source.Address, rewrite.Destination.Address, protocol, transport.Length)));

    private static void Add(Span<byte> checksum, ChecksumDelta delta)
        => BinaryPrimitives.WriteUInt16BigEndian(
            checksum, InternetChecksum.Update(BinaryPrimitives.ReadUInt16BigEndian(checksum), delta));
}
