using System;
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

    private static void Update(Frame frame, in PacketFacts facts, in Verdict verdict)
    {
        Span<byte> octets = frame.Octets;
        Rewrite rewrite = verdict.Rewrite;
        _ = IPv4Header.TryParse(octets[facts.NetworkOffset..], out IPv4Header ip);
        ChecksumDelta perPacket = facts.IsAtomic
            ? OneHop
            : OneHop + ChecksumDelta.Of(facts.Identification, verdict.Identification);
        if (facts.Kind == PacketKind.IcmpError)
        {
            // The outer addresses are not the tuple's, so the precomputed delta is not theirs.
            ChecksumDelta outer = ChecksumDelta.Of(facts.Source, ip.Source)
                + ChecksumDelta.Of(facts.Destination, ip.Destination);
            ip.Checksum = InternetChecksum.Update(ip.Checksum, outer + perPacket);
            IcmpErrorTranslation.UpdateChecksums(octets, facts, rewrite);
            return;
        }

        ip.Checksum = InternetChecksum.Update(ip.Checksum, rewrite.NetworkDelta + perPacket);
        UpdateTransport(octets[facts.TransportOffset..], facts, rewrite, IsPartial(frame, facts));
    }

    // True if the transport checksum is only its pseudo-header's sum. The one left to complete may also be that of a
    // packet inside this one (VXLAN, GRE), whose own transport checksum is then complete.
    private static bool IsPartial(Frame frame, in PacketFacts facts)
        => frame.HasPartialChecksum && frame.Header.ChecksumStart == facts.TransportOffset;

    private static void UpdateTransport(
        Span<byte> transport, in PacketFacts facts, in Rewrite rewrite, bool isPartial)
    {
        switch (facts.Kind)
        {
            case PacketKind.Tcp:
                _ = TcpHeader.TryParse(transport, out TcpHeader tcp);
                tcp.Checksum = isPartial
                    ? InternetChecksum.UpdatePartial(tcp.Checksum, rewrite.NetworkDelta)
                    : InternetChecksum.Update(tcp.Checksum, rewrite.TransportDelta);
                break;
            case PacketKind.Udp:
                _ = UdpHeader.TryParse(transport, out UdpHeader udp);
                udp.Checksum = isPartial
                    ? InternetChecksum.UpdatePartial(udp.Checksum, rewrite.NetworkDelta)
                    : InternetChecksum.UpdateUdp(udp.Checksum, rewrite.TransportDelta);
                break;
            case PacketKind.IcmpQuery:
                _ = IcmpHeader.TryParse(transport, out IcmpHeader icmp);
                icmp.Checksum = InternetChecksum.Update(icmp.Checksum, rewrite.TransportDelta);
                break;
            default:
                // A protocol whose checksum, if it has one, does not cover the addresses; or a fragment after the
                // first, which has the checksum of all of them, so that a change of header is accounted for there.
                break;
        }
    }
}
