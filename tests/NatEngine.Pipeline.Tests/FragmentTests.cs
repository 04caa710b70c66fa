using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;
using NatEngine.Pipeline.Forwarding;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Tests;

/// <summary>Fragments that were received go through whole, in whatever order they come (RFC 4787 REQ-14).</summary>
public class FragmentTests
{
    private const ushort Identification = 0x4711;
    private const int PieceLength = 1480;

    public static TheoryData<byte, int[]> Orders()
    {
        TheoryData<byte, int[]> orders = [];
        foreach (byte protocol in new byte[] { 1, 6, 17 })
        {
            foreach (int[] order in Permutations(4))
            {
                orders.Add(protocol, order);
            }
        }

        return orders;
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void Req14_a_packet_from_inside_arrives_whole_in_any_order(byte protocol, int[] order)
    {
        ArgumentNullException.ThrowIfNull(order);
        using Gateway gateway = Gateway.Acquainted();
        byte[] packet = Outbound(protocol, Net.Host);
        List<byte[]> pieces = Pieces.Cut(packet, PieceLength, Identification);
        foreach (int piece in order)
        {
            gateway.FromHost(pieces[piece]);
            gateway.Run();
        }

        IReadOnlyList<Sent> sent = gateway.TakeOutside();
        Assert.Equal(0, sent[0].FragmentOffset);
        Assert.Equal(pieces.Count, sent.Count);
        Assert.All(sent, piece => Assert.Equal((Net.RouterMac, 63), (piece.Station, piece.TimeToLive)));
        Sent whole = Pieces.Join(sent);
        Assert.Equal((Net.Outside, Net.Server), (whole.Source, whole.Destination));
        Assert.Equal(packet.AsSpan(54), whole.Octets[54..]); // behind the longest of the three headers
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void Req14_so_does_one_from_outside_all_in_one_batch(byte protocol, int[] order)
    {
        ArgumentNullException.ThrowIfNull(order);
        using Gateway gateway = Gateway.Acquainted();
        gateway.FromHost(Small(protocol));
        gateway.Run();
        Sent opened = Assert.Single(gateway.TakeOutside());
        byte[] answer = protocol switch
        {
            6 => Packet.Tcp(Net.Server, 80, Net.Outside, opened.SourcePort, 0x12, 4500),
            17 => Packet.Udp(Net.Server, 80, Net.Outside, opened.SourcePort, 4500),
            _ => Packet.Echo(Net.Server, Net.Outside, opened.Identifier, isReply: true, payload: 4500),
        };
        List<byte[]> pieces = Pieces.Cut(answer, PieceLength, Identification);
        foreach (int piece in order)
        {
            gateway.FromRouter(pieces[piece]);
        }

        gateway.Run();
        gateway.Step();
        Sent whole = Pieces.Join(gateway.TakeInside());
        Assert.Equal((Net.Server, Net.Host, Net.HostMac), (whole.Source, whole.Destination, whole.Station));
        Assert.Equal(Identification, whole.Identification);
    }

    [Fact]
    public void A_hairpinned_packet_shows_the_external_source_in_every_fragment()
    {
        using Gateway gateway = Gateway.Acquainted();
        gateway.Inside.Inject(Packet.Udp(Net.SecondHost, 5000, Net.Server, 53)
            .Between(Net.SecondHostMac, Net.InternalMac));
        gateway.Run();
        ushort mapped = Assert.Single(gateway.TakeOutside()).SourcePort;
        foreach (byte[] piece in Pieces.Cut(
            Packet.Udp(Net.Host, 4000, Net.Outside, mapped, 4000), PieceLength, Identification))
        {
            gateway.FromHost(piece);
        }

        gateway.Run();
        Sent whole = Pieces.Join(gateway.TakeInside());
        Assert.Equal((Net.Outside, Net.SecondHost, 5000), (whole.Source, whole.Destination, whole.DestinationPort));
    }

    [Fact]
    public void Rfc6864_two_hosts_with_one_identification_do_not_mix_outside()
    {
        using Gateway gateway = Gateway.Acquainted();
        List<byte[]> first = Pieces.Cut(Outbound(17, Net.Host), PieceLength, Identification);
        List<byte[]> second = Pieces.Cut(Outbound(17, Net.SecondHost), PieceLength, Identification);
        for (int piece = 0; piece < first.Count; piece++)
        {
            gateway.FromHost(first[piece]);
            gateway.FromHost(second[^(piece + 1)]); // from its last to its first
        }

        gateway.Run();
        gateway.Step();
        IGrouping<ushort, Sent>[] packets = [.. gateway.TakeOutside().GroupBy(piece => piece.Identification)];
        Assert.Equal(2, packets.Length);
        Assert.Equal(
            [4000, 4000 + 1],
            packets.Select(packet => (int)Pieces.Join(packet).SourcePort).Order());
    }

    [Fact]
    public void Rfc6864_a_whole_packet_that_may_be_fragmented_gets_an_identification_of_its_own_too()
    {
        using Gateway gateway = Gateway.Acquainted();
        byte[] packet = Small(17).WithFragment(0);
        gateway.FromHost(packet);
        gateway.FromHost(packet);
        gateway.FromHost(Small(17)); // "don't fragment": atomic
        gateway.Run();
        IReadOnlyList<Sent> sent = gateway.TakeOutside();
        Assert.NotEqual(sent[0].Identification, sent[1].Identification);
        Assert.Equal(0x1234, sent[2].Identification);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_fragments_of_a_refused_packet_are_dropped_as_it_was(bool isFirstLast)
    {
        using Gateway gateway = Gateway.Acquainted();
        byte[] unasked = Packet.Udp(Net.Server, 80, Net.Outside, 9999, 4500);
        List<byte[]> pieces = Pieces.Cut(unasked, PieceLength, Identification);
        if (isFirstLast)
        {
            pieces.Reverse();
        }

        foreach (byte[] piece in pieces)
        {
            gateway.FromRouter(piece);
        }

        gateway.Run();
        gateway.Step();
        Assert.Equal(pieces.Count, gateway.Dropped(DropReason.NoMapping));
        Assert.Empty(gateway.TakeInside());
    }

    [Fact]
    public void Req14a_a_fragment_waits_two_seconds_for_its_first()
    {
        using Gateway gateway = Gateway.Acquainted();
        List<byte[]> pieces = Pieces.Cut(Outbound(17, Net.Host), PieceLength, Identification);
        gateway.FromHost(pieces[1]);
        gateway.Run();
        gateway.Pass(WaitingFragments.Patience - TimeSpan.FromMilliseconds(200));
        Assert.Equal(0, gateway.Dropped(DropReason.FragmentTimedOut));
        gateway.Pass(TimeSpan.FromMilliseconds(400));
        Assert.Equal(1, gateway.Dropped(DropReason.FragmentTimedOut));

        gateway.FromHost(pieces[0]);
        gateway.Run();
        gateway.Step();
        Assert.Equal(0, Assert.Single(gateway.TakeOutside()).FragmentOffset);
    }

    [Fact]
    public void A_packet_that_was_never_completed_is_forgotten_and_its_identification_free()
    {
        using Gateway gateway = Gateway.Acquainted();
        List<byte[]> pieces = Pieces.Cut(Outbound(17, Net.Host), PieceLength, Identification);
        gateway.FromHost(pieces[0]);
        gateway.Run();
        gateway.Pass(TimeSpan.FromSeconds(5));
        gateway.TakeOutside();
        foreach (byte[] piece in pieces)
        {
            gateway.FromHost([.. piece]);
        }

        gateway.Run();
        Assert.Equal(Net.Outside, Pieces.Join(gateway.TakeOutside()).Source);
        Assert.Equal(0, gateway.Dropped(DropReason.FragmentOverlap));
    }

    [Fact]
    public void An_identification_may_come_again_as_soon_as_its_packet_is_complete()
    {
        using Gateway gateway = Gateway.Acquainted();
        for (int round = 0; round < 3; round++)
        {
            foreach (byte[] piece in Pieces.Cut(Outbound(17, Net.Host), PieceLength, Identification))
            {
                gateway.FromHost(piece);
            }

            gateway.Run();
            Assert.Equal(Net.Outside, Pieces.Join(gateway.TakeOutside()).Source);
        }
    }

    [Fact]
    public void A_fragment_of_an_ended_session_goes_nowhere()
    {
        using Gateway gateway = Gateway.Acquainted();
        List<byte[]> pieces = Pieces.Cut(Outbound(17, Net.Host), PieceLength, Identification);
        gateway.FromHost(pieces[0]);
        gateway.Run();
        uint cursor = 0;
        Assert.Equal(1, gateway.Translator.Flush(ref cursor, 10_000));
        gateway.FromHost(pieces[1]);
        gateway.Run();
        Assert.Equal(1, gateway.Dropped(DropReason.Fragment));
        Assert.Single(gateway.TakeOutside());
    }

    [Fact]
    public void A_fragmented_error_and_a_fragmented_question_to_the_gateway_are_dropped()
    {
        using Gateway gateway = Gateway.Acquainted();
        gateway.FromHost(Small(17));
        gateway.Run();
        Sent outbound = Assert.Single(gateway.TakeOutside());
        byte[] error = Packet.IcmpError(Net.Hop, Net.Outside, 3, 1, outbound.Octets, 44);
        gateway.FromRouter(Pieces.Piece(error, 0, 40, Identification));
        gateway.FromRouter(Pieces.Piece(Packet.Echo(Net.Server, Net.Outside, 7), 0, 24, Identification));
        gateway.Run();
        Assert.Equal(2, gateway.Dropped(DropReason.Fragment));
    }

    [Fact]
    public void The_session_counts_every_fragment()
    {
        using Gateway gateway = Gateway.Acquainted();
        List<byte[]> pieces = Pieces.Cut(Outbound(17, Net.Host), PieceLength, Identification);
        foreach (byte[] piece in pieces)
        {
            gateway.FromHost(piece);
        }

        gateway.Run();
        SessionSnapshot[] sessions = new SessionSnapshot[2];
        uint cursor = 0;
        Assert.Equal(1, gateway.Translator.List(ref cursor, Timestamp.Zero, sessions));
        Assert.Equal((ulong)pieces.Sum(piece => piece.Length - Packet.EthernetLength), sessions[0].OriginalOctets);
    }

    private static byte[] Outbound(byte protocol, IPv4Address host)
    {
        ushort port = (ushort)(host == Net.Host ? 4000 : 4001);
        return protocol switch
        {
            6 => Packet.Tcp(host, port, Net.Server, 80, 0x02, 4500),
            17 => Packet.Udp(host, port, Net.Server, 80, 4500),
            _ => Packet.Echo(host, Net.Server, 77, payload: 4500),
        };
    }

    private static byte[] Small(byte protocol) => protocol switch
    {
        6 => Packet.Tcp(Net.Host, 4000, Net.Server, 80, 0x02),
        17 => Packet.Udp(Net.Host, 4000, Net.Server, 80),
        _ => Packet.Echo(Net.Host, Net.Server, 77),
    };

    private static IEnumerable<int[]> Permutations(int count)
        => count == 0
            ? [[]]
            : Permutations(count - 1).SelectMany(shorter => Enumerable.Range(0, count)
                .Select(at => (int[])[.. shorter[..at], count - 1, .. shorter[at..]]));
}
