using System;
using System.Runtime.CompilerServices;
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
                Rewrite(frames[index].Octets, departures[index], facts[index], verdicts[index]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)] // its only caller
    private void Rewrite(Span<byte> frame, in Departure departure, in PacketFacts facts, in Verdict verdict)
    {
        Link link = departure.Egress == Realm.Internal ? internalLink : externalLink;
        EthernetHeader.WriteStations(frame, departure.Station, link.HardwareAddress);
        IPv4Header ip = IPv4Header.Over(frame[facts.NetworkOffset..]);
        ip.TimeToLive--;
        ip.SetAddresses(verdict.Rewrite.Leaving);
        if (!facts.IsAtomic)
        {
            ip.Identification = verdict.Identification;
        }

        switch (facts.Kind)
        {
            case PacketKind.Tcp or PacketKind.Udp:
                UdpHeader.Over(frame[facts.TransportOffset..]).SetPorts(verdict.Rewrite.Leaving);
                break;
            case PacketKind.IcmpQuery:
                RewriteQuery(frame[facts.TransportOffset..], facts.IcmpType, verdict.Rewrite);
                break;
            case PacketKind.IcmpError:
                RewriteError(frame, facts, verdict);
                break;
            default:
                break; // a protocol without ports, or a fragment without its transport header
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RewriteQuery(Span<byte> message, IcmpType type, in Rewrite rewrite)
    {
        _ = IcmpHeader.TryParse(message, out IcmpHeader icmp);
        icmp.Identifier = IcmpErrorTranslation.Asks(type) ? rewrite.Source.Port : rewrite.Destination.Port;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RewriteError(Span<byte> frame, in PacketFacts facts, in Verdict verdict)
    {
        IPv4Header ip = IPv4Header.Over(frame[facts.NetworkOffset..]);
        ip.Source = IcmpErrorTranslation.OuterSource(facts, verdict);
        IcmpErrorTranslation.RewriteEmbedded(frame, facts, verdict.Rewrite);
    }
}
