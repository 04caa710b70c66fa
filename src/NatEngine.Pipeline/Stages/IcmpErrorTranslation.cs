using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Stages;

/// <summary>What translation does to an ICMP error: to its own header and to the packet that it embeds (RFC 5508
/// section 4).</summary>
/// <remarks>
/// (SA', SP', DA', DP') are what the session's packets of the error's direction are given. The embedded packet went the
/// other way: (DA, DP, SA, SP) => (DA', DP', SA', SP'). Its checksums are updated in their places, and what changed in
/// it, checksums included, is then added to the error's own.
/// </remarks>
internal static class IcmpErrorTranslation
{
    /// <summary>True for a query whose identifier stands on the source's side of its tuple.</summary>
    internal static bool Asks(IcmpType type)
        => type is IcmpType.EchoRequest or IcmpType.TimestampRequest or IcmpType.AddressMaskRequest;

    /// <summary>Who the error is shown to come from.</summary>
    /// <remarks>From outside, who it does come from: any router on the way (RFC 5508 REQ-4). From inside, the external
    /// address, because routers inside cannot be seen outside, nor by a hairpinned peer (REQ-5, REQ-7).</remarks>
    internal static IPv4Address OuterSource(in PacketFacts facts, in Verdict verdict)
        => facts.Tuple.Source.Address == verdict.Rewrite.Source.Address ? facts.Source : verdict.Rewrite.Source.Address;

    /// <summary>Writes addresses and ports of the embedded packet; leaves its checksums.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void RewriteEmbedded(Span<byte> frame, in PacketFacts facts, in Rewrite rewrite)
    {
        _ = IPv4Header.TryParse(frame[facts.EmbeddedNetworkOffset..], out IPv4Header ip);
        ip.Source = rewrite.Destination.Address;
        ip.Destination = rewrite.Source.Address;
        Span<byte> transport = frame[facts.EmbeddedTransportOffset..];
        switch (ip.Protocol)
        {
            case IpProtocol.Tcp or IpProtocol.Udp:
                _ = UdpHeader.TryParse(transport, out UdpHeader ports);
                ports.SourcePort = rewrite.Destination.Port;
                ports.DestinationPort = rewrite.Source.Port;
                break;
            case IpProtocol.Icmp:
                _ = IcmpHeader.TryParse(transport, out IcmpHeader icmp);
                icmp.Identifier = Asks(icmp.Type) ? rewrite.Destination.Port : rewrite.Source.Port;
                break;
            default:
                break;
        }
    }

    /// <summary>Updates the embedded checksums and the error's own, after <see cref="RewriteEmbedded"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void UpdateChecksums(Span<byte> frame, in PacketFacts facts, in Rewrite rewrite)
    {
        // The octets behind the packet's end are Ethernet padding, not part of the error.
        Span<byte> packet = frame[..(facts.NetworkOffset + facts.NetworkLength)];
        _ = IPv4Header.TryParse(packet[facts.EmbeddedNetworkOffset..], out IPv4Header ip);
        ushort before = ip.Checksum;
        ip.Checksum = InternetChecksum.Update(before, rewrite.NetworkDelta);
        ChecksumDelta changed = rewrite.NetworkDelta + ChecksumDelta.Of(before, ip.Checksum)
            + UpdateTransport(packet[facts.EmbeddedTransportOffset..], ip.Protocol, rewrite);

        _ = IcmpHeader.TryParse(packet[facts.TransportOffset..], out IcmpHeader icmp);
        icmp.Checksum = InternetChecksum.Update(icmp.Checksum, changed);
    }

    // Returns all that changed in the embedded transport header: ports or identifier, and the checksum where it is
    // there.
    private static ChecksumDelta UpdateTransport(Span<byte> transport, IpProtocol protocol, in Rewrite rewrite)
    {
        // The transport delta of TCP and UDP has the addresses in it, for the pseudo-header; they are not in the
        // header.
        ChecksumDelta ports = rewrite.TransportDelta + rewrite.NetworkDelta.Inverse();
        switch (protocol)
        {
            case IpProtocol.Tcp when transport.Length >= TcpHeader.ChecksumOffset + sizeof(ushort):
                Span<byte> field = transport[TcpHeader.ChecksumOffset..];
                ushort old = BinaryPrimitives.ReadUInt16BigEndian(field);
                ushort updated = InternetChecksum.Update(old, rewrite.TransportDelta);
                BinaryPrimitives.WriteUInt16BigEndian(field, updated);
                return ports + ChecksumDelta.Of(old, updated);
            case IpProtocol.Tcp:
                return ports; // eight octets are all that RFC 792 promises, and the checksum stands behind them
            case IpProtocol.Udp:
                _ = UdpHeader.TryParse(transport, out UdpHeader udp);
                ushort before = udp.Checksum;
                udp.Checksum = InternetChecksum.UpdateUdp(before, rewrite.TransportDelta);
                return ports + ChecksumDelta.Of(before, udp.Checksum);
            case IpProtocol.Icmp:
                _ = IcmpHeader.TryParse(transport, out IcmpHeader icmp);
                ushort was = icmp.Checksum;
                icmp.Checksum = InternetChecksum.Update(was, rewrite.TransportDelta);
                return rewrite.TransportDelta + ChecksumDelta.Of(was, icmp.Checksum);
            default:
                return ChecksumDelta.None;
        }
    }
}
