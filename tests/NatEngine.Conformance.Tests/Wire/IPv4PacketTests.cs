using System;
using System.Linq;
using System.Net;
using NatEngine.Conformance.Wire;

namespace NatEngine.Conformance.Tests.Wire;

/// <summary>The judge's own packets, against a datagram whose checksums were worked out by hand.</summary>
public sealed class IPv4PacketTests
{
    // 203.0.113.1:1024 > 203.0.113.10:7, "ab".
    private const string Datagram = "4500001e00000000401102c3cb007101cb00710a" + "04000007000a2264" + "6162";

    private static byte[] Octets => Convert.FromHexString(Datagram);

    [Fact]
    public void Is_written_as_it_should_be()
    {
        IPv4Packet packet = UdpPacket.Create(
            IPEndPoint.Parse("203.0.113.1:1024"), IPEndPoint.Parse("203.0.113.10:7"), "ab"u8);

        Assert.Equal(Octets, packet.ToOctets());
        Assert.Null(packet.Fault());
    }

    [Fact]
    public void A_wrong_octet_is_found()
    {
        for (int at = 0; at < Octets.Length; at++)
        {
            byte[] damaged = Octets;
            damaged[at] ^= 0x10;

            // Another version is no packet. Another protocol is another packet, but not with this checksum.
            IPv4Packet? packet = IPv4Packet.Parse(damaged);
            Assert.True(packet is null || packet.Fault() is not null, $"octet {at}");
        }
    }

    [Fact]
    public void Fragments_in_any_order_make_the_packet_that_was_cut()
    {
        IPv4Packet whole = UdpPacket.Create(
            IPEndPoint.Parse("203.0.113.1:1024"), IPEndPoint.Parse("203.0.113.10:7"), new byte[1000]);
        IPv4Packet[] pieces = [.. Fragments.Cut(whole, 400)];

        Assert.Equal([0, 400, 800], pieces.Select(piece => piece.FragmentOffset));
        Assert.Equal(whole.ToOctets(), Fragments.Join([pieces[2], pieces[0], pieces[1]])!.ToOctets());
        Assert.Null(Fragments.Join([pieces[2], pieces[0]]));
    }

    [Fact]
    public void An_error_shows_the_packet_that_it_is_about()
    {
        IPv4Packet about = IPv4Packet.Parse(Octets)!;
        IPv4Packet error = IcmpPacket.Error(
            about.Destination, about.Source, IcmpPacket.Unreachable, IcmpPacket.PortUnreachable, Octets);

        Assert.Null(error.Fault());
        Assert.Equal(about.From, IcmpPacket.Embedded(error)!.From);
        Assert.NotNull(IcmpPacket.Damaged(error).Fault());
    }
}
