using System;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Pipeline.Forwarding;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Stages;

/// <summary>Writes what was decided into the frames: stations, addresses, ports or identifiers, one hop less to live.
/// Leaves every checksum as it was.</summary>
internal sealed class RewriteStage(Link internalLink, Link externalLink) : IStage
{
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
                Rewrite(frames[index].Octets, departures[index], facts[index], verdicts[index]);
            }
        }
    }

    private void Rewrite(Span<byte> frame, in Departure departure, in PacketFacts facts, in Verdict verdict)
    {
        Link link = departure.Egress == Realm.Internal ? internalLink : externalLink;
        departure.Station.Write(frame);
        link.HardwareAddress.Write(frame[MacAddress.Length..]);

        Rewrite rewrite = verdict.Rewrite;
        _ = IPv4Header.TryParse(frame[facts.NetworkOffset..], out IPv4Header ip);
        ip.TimeToLive--;
        ip.Destination = rewrite.Destination.Address;
        if (!facts.IsAtomic)
        {
            ip.Identification = verdict.Identification;
        }

        if (facts.Kind != PacketKind.IcmpError)
        {
            ip.Source = rewrite.Source.Address;
            RewriteTransport(frame[facts.TransportOffset..], facts, rewrite);
            return;
        }

        ip.Source = IcmpErrorTranslation.OuterSource(facts, verdict);
        IcmpErrorTranslation.RewriteEmbedded(frame, facts, rewrite);
    }

    private static void RewriteTransport(Span<byte> transport, in PacketFacts facts, in Rewrite rewrite)
    {
        switch (facts.Kind)
        {
            case PacketKind.Tcp or PacketKind.Udp:
                // The ports are the first four octets of both.
                _ = UdpHeader.TryParse(transport, out UdpHeader ports);
                ports.SourcePort = rewrite.Source.Port;
                ports.DestinationPort = rewrite.Destination.Port;
                break;
            case PacketKind.IcmpQuery:
                _ = IcmpHeader.TryParse(transport, out IcmpHeader icmp);
                icmp.Identifier = IcmpErrorTranslation.Asks(facts.IcmpType)
                    ? rewrite.Source.Port
                    : rewrite.Destination.Port;
                break;
            default:
                break; // a protocol without ports, or a fragment without its transport header
        }
    }
}
