using System;
using System.Runtime.CompilerServices;
using NatEngine.Packets;
using NatEngine.Packets.Headers;

namespace NatEngine.Pipeline.Forwarding;

/// <summary>Answers echo requests to addresses that the engine owns (RFC 1122 section 3.2.2.6), in the frame that
/// brought them.</summary>
internal static class EchoResponder
{
    private const byte TimeToLive = 64;

    /// <summary>Turns the request at <paramref name="index"/> into its reply, to be sent back where it came from; drops
    /// a fragment of one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Answer(PacketBatch batch, int index)
    {
        ref readonly PacketFacts facts = ref batch.Facts[index];
        if (facts.IsFragment)
        {
            batch.Drop(index, DropReason.Fragment); // nobody here reassembles
            return;
        }

        Span<byte> frame = batch.Frames[index].Octets;
        _ = EthernetHeader.TryParse(frame, out EthernetHeader ethernet);
        (ethernet.Source, ethernet.Destination) = (ethernet.Destination, ethernet.Source);

        _ = IPv4Header.TryParse(frame[facts.NetworkOffset..], out IPv4Header ip);
        (ip.Source, ip.Destination) = (ip.Destination, ip.Source);
        ChecksumDelta hops = ChecksumDelta.Of((ushort)(ip.TimeToLive << 8), TimeToLive << 8);
        ip.TimeToLive = TimeToLive;
        ip.Checksum = InternetChecksum.Update(ip.Checksum, hops); // exchanging addresses changes no sum

        _ = IcmpHeader.TryParse(frame[facts.TransportOffset..], out IcmpHeader icmp);
        icmp.Type = IcmpType.EchoReply;
        icmp.Checksum = InternetChecksum.Update(
            icmp.Checksum, ChecksumDelta.Of((ushort)IcmpType.EchoRequest << 8, (ushort)IcmpType.EchoReply << 8));
        batch.Departures[index] = new Departure { Disposition = Disposition.Send, Egress = batch.Ingress };
    }
}
