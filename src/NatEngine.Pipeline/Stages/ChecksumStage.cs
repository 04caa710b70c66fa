using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Stages;

/// <summary>Makes the checksums of rewritten frames right again by what was changed (RFC 1624), never by summing: a
/// packet that was damaged before it came here stays so, for its receiver to see.</summary>
internal sealed class ChecksumStage : IStage
{
    // Time to live is the upper octet of its 16-bit word, and became one less.
    private static readonly ChecksumDelta OneHop = ChecksumDelta.Of(1 << 8, 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)] // see IStage
    public void Process(PacketBatch batch)
    {
        ReadOnlySpan<Frame> frames = batch.Frames;
        ReadOnlySpan<Departure> departures = batch.Departures;
        ReadOnlySpan<PacketFacts> facts = batch.Facts;
        ReadOnlySpan<Verdict> verdicts = batch.Verdicts;
        for (int index = 0; index < departures.Length; index++)
        {
            if (departures[index].Disposition is Disposition.Forward or Disposition.Cross)
            {
                Update(frames[index], facts[index], verdicts[index]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)] // its only caller
    private static void Update(Frame frame, in PacketFacts facts, in Verdict verdict)
    {
        ChecksumDelta perPacket = facts.IsAtomic
            ? OneHop
            : OneHop + ChecksumDelta.Of(facts.Identification, verdict.Identification);
        if (facts.Kind == PacketKind.IcmpError)
        {
            UpdateError(frame.Octets, facts, verdict, perPacket);
            return;
        }

        Span<byte> octets = frame.Octets;
        IPv4Header ip = IPv4Header.Over(octets[facts.NetworkOffset..]);
        ip.Checksum = InternetChecksum.Update(ip.Checksum, verdict.Rewrite.NetworkDelta, perPacket);

        // A protocol without has a checksum that, if there is one, does not cover the addresses; a fragment after the
        // first has the checksum of all of them in the first, where the change of header is accounted for.
        if (facts.Kind is PacketKind.Tcp or PacketKind.Udp or PacketKind.IcmpQuery)
        {
            UpdateTransport(octets[facts.TransportOffset..], facts.Kind, verdict.Rewrite, IsPartial(frame, facts));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void UpdateError(
        Span<byte> octets, in PacketFacts facts, in Verdict verdict, ChecksumDelta perPacket)
    {
        // The outer addresses are not the tuple's, so the precomputed delta is not theirs.
        IPv4Header ip = IPv4Header.Over(octets[facts.NetworkOffset..]);
        ChecksumDelta outer = ChecksumDelta.Of(facts.Source, ip.Source)
            + ChecksumDelta.Of(facts.Destination, ip.Destination);
        ip.Checksum = InternetChecksum.Update(ip.Checksum, outer + perPacket);
        IcmpErrorTranslation.UpdateChecksums(octets, facts, verdict.Rewrite);
    }

    // True if the transport checksum is only its pseudo-header's sum. The one left to complete may also be that of a
    // packet inside this one (VXLAN, GRE), whose own transport checksum is then complete.
    private static bool IsPartial(Frame frame, in PacketFacts facts)
        => frame.HasPartialChecksum && frame.Header.ChecksumStart == facts.TransportOffset;

    // The three differ in where the field stands, and in what zero means there.
    private static void UpdateTransport(Span<byte> transport, PacketKind kind, in Rewrite rewrite, bool isPartial)
    {
        Span<byte> field = transport[OffsetOf(kind)..];
        ushort before = BinaryPrimitives.ReadUInt16BigEndian(field);
        ushort after = isPartial && kind != PacketKind.IcmpQuery
            ? InternetChecksum.UpdatePartial(before, rewrite.NetworkDelta)
            : kind == PacketKind.Udp
                ? InternetChecksum.UpdateUdp(before, rewrite.TransportDelta)
                : InternetChecksum.Update(before, rewrite.TransportDelta);
        BinaryPrimitives.WriteUInt16BigEndian(field, after);
    }

    private static int OffsetOf(PacketKind kind) => kind switch
    {
        PacketKind.Tcp => TcpHeader.ChecksumOffset,
        PacketKind.Udp => UdpHeader.ChecksumOffset,
        _ => IcmpHeader.ChecksumOffset,
    };
}
