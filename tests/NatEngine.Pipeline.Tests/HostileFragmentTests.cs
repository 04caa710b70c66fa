using System.Collections.Generic;
using NatEngine.Packets;

namespace NatEngine.Pipeline.Tests;

/// <summary>Fragments that would make of a packet what it was not when it was judged (RFC 1858, RFC 3128).</summary>
public class HostileFragmentTests
{
    private const ushort Identification = 0x4711;

    [Theory]
    [InlineData(0, 1480)] // the first again
    [InlineData(1480, 1480)] // a later one again
    [InlineData(1472, 16)] // over the border of two
    [InlineData(2952, 8)] // inside one
    public void Rfc1858_what_has_passed_is_not_replaced(int offset, int length)
    {
        using Gateway gateway = Gateway.Acquainted();
        byte[] packet = Packet.Udp(Net.Host, 4000, Net.Server, 80, 4500);
        List<byte[]> pieces = Pieces.Cut(packet, 1480, Identification);
        foreach (byte[] piece in pieces[..^1])
        {
            gateway.FromHost(piece);
        }

        gateway.FromHost(Pieces.Piece(packet, offset, length, Identification));
        gateway.FromHost(pieces[^1]);
        gateway.Run();
        Assert.Equal(1, gateway.Dropped(DropReason.FragmentOverlap));
        Assert.Equal(Net.Outside, Pieces.Join(gateway.TakeOutside()).Source);
    }

    [Fact]
    public void Nothing_passes_beyond_the_end()
    {
        using Gateway gateway = Gateway.Acquainted();
        byte[] packet = Packet.Udp(Net.Host, 4000, Net.Server, 80, 4500);
        gateway.FromHost(Pieces.Piece(packet, 0, 80, Identification));
        gateway.FromHost(Pieces.Piece(packet[..(34 + 160)], 120, 40, Identification)); // the last, at 160
        gateway.FromHost(Pieces.Piece(packet, 160, 80, Identification));
        gateway.FromHost(Pieces.Piece(packet[..(34 + 120)], 80, 40, Identification)); // another last
        gateway.Run();
        Assert.Equal(2, gateway.Dropped(DropReason.FragmentOverlap));
        Assert.Equal(2, gateway.TakeOutside().Count);
    }

    [Fact]
    public void Rfc3128_a_tcp_header_is_not_cut_in_two()
    {
        using Gateway gateway = Gateway.Acquainted();
        byte[] packet = Packet.Tcp(Net.Host, 4000, Net.Server, 80, 0x02, 4500);
        gateway.FromHost(Pieces.Piece(packet, 0, 16, Identification));
        gateway.FromHost(Pieces.Piece(packet, 8, 80, Identification));
        gateway.FromHost(Pieces.Piece(packet, 16, 80, Identification));
        gateway.Run();
        Assert.Equal(3, gateway.Dropped(DropReason.MalformedTransport));
        Assert.Empty(gateway.TakeOutside());
    }

    [Fact]
    public void A_fragment_before_the_last_holds_whole_units()
    {
        using Gateway gateway = Gateway.Acquainted();
        byte[] packet = Packet.Udp(Net.Host, 4000, Net.Server, 80, 4500);
        gateway.FromHost(Pieces.Piece(packet, 0, 81, Identification));
        gateway.FromHost(Pieces.Piece(packet, 80, 81, Identification));
        gateway.Run();
        Assert.Equal(2, gateway.Dropped(DropReason.MalformedIPv4));
    }
}
