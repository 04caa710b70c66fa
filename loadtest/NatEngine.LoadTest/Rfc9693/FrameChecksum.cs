using System;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>Finds out whether a system kept a packet's checksums right.</summary>
internal static class FrameChecksum
{
    private const int UdpChecksum = 6;

    /// <summary>Verifies the transport checksum of a whole packet.</summary>
    public static bool IsRight(ReadOnlySpan<byte> frame, in PacketFacts facts)
    {
        ReadOnlySpan<byte> transport = frame[facts.TransportOffset..(facts.NetworkOffset + facts.NetworkLength)];
        return facts.Kind switch
        {
            // RFC 768: zero says that there is none. The tester always sends one, so somebody took it out.
            PacketKind.Udp => transport[UdpChecksum] + transport[UdpChecksum + 1] != 0
                && Sum(transport, facts, IpProtocol.Udp) == 0,
            PacketKind.Tcp => Sum(transport, facts, IpProtocol.Tcp) == 0,
            _ => InternetChecksum.Compute(transport) == 0,
        };
    }

    private static ushort Sum(ReadOnlySpan<byte> transport, in PacketFacts facts, IpProtocol protocol)
        => InternetChecksum.Compute(
            transport,
            InternetChecksum.PseudoHeaderSum(
                facts.Source, facts.Destination, protocol, (ushort)transport.Length));
}
