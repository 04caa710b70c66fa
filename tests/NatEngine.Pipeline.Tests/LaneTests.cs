using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Tests;

/// <summary>Two lanes are one gateway, whichever of them the kernel gives a frame to.</summary>
public class LaneTests
{
    private const ushort Identification = 0x4711;

    private static readonly int HostLane = TwoLanes.LaneOf(Net.Host);
    private static readonly int SecondHostLane = TwoLanes.LaneOf(Net.SecondHost);

    public static TheoryData<int[], bool> Orders() => new()
    {
        { [0, 1, 2], false },
        { [2, 1, 0], false },
        { [1, 0, 2], false },
        { [0, 1, 2], true },
        { [2, 1, 0], true },
        { [1, 0, 2], true },
    };

    [Fact]
    public void The_two_hosts_of_these_tests_belong_to_different_lanes() => Assert.NotEqual(HostLane, SecondHostLane);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_session_is_its_hosts_lanes_wherever_its_packets_come_in(int arrival)
    {
        using TwoLanes gateway = new();

        gateway.FromInside(arrival, Packet.Udp(Net.Host, 4000, Net.Server, 53));
        gateway.FromInside(arrival, Packet.Tcp(Net.Host, 4001, Net.Server, 80, 0x02));
        gateway.FromInside(arrival, Packet.Echo(Net.Host, Net.Server, 4002));
        gateway.Run();
        IReadOnlyList<Sent> sent = gateway.TakeOutside();

        Assert.Equal(3, sent.Count);
        Assert.All(
            sent, one => Assert.Equal((Net.Outside, Net.RouterMac, 63), (one.Source, one.Station, one.TimeToLive)));
        Assert.All(sent, one => Assert.Equal(
            HostLane, TwoLanes.LaneOf(one.Protocol == 1 ? one.Identifier : one.SourcePort)));
        Assert.Equal(arrival == HostLane ? 0 : 3, Handed(gateway));
        Assert.Equal(3, gateway.Parts[HostLane].Translator.SessionCount);

        foreach (Sent one in sent)
        {
            gateway.FromOutside(1 - arrival, AnswerTo(one));
        }

        gateway.Run();
        Assert.Equal(
            [1, 6, 17],
            gateway.TakeInside().Where(one => one.Destination == Net.Host).Select(one => (int)one.Protocol).Order());
    }

    [Fact]
    public void A_hairpin_between_lanes_shows_external_ends_both_ways()
    {
        using TwoLanes gateway = new();
        ushort second = Open(gateway, Net.SecondHost, 5000);

        // RFC 4787 REQ-9a; nobody has asked the first host's external end before.
        gateway.FromInside(HostLane, Packet.Udp(Net.Host, 4000, Net.Outside, second));
        gateway.Run();
        Sent there = Assert.Single(gateway.TakeInside());
        Assert.Equal((Net.Outside, Net.SecondHost), (there.Source, there.Destination));
        Assert.Equal(((ushort)5000, Net.SecondHostMac), (there.DestinationPort, there.Station));
        Assert.Equal(HostLane, TwoLanes.LaneOf(there.SourcePort));

        gateway.FromInside(SecondHostLane, Packet.Udp(Net.SecondHost, 5000, Net.Outside, there.SourcePort));
        gateway.Run();
        Sent back = Assert.Single(gateway.TakeInside());
        Assert.Equal((Net.Outside, second, Net.Host), (back.Source, back.SourcePort, back.Destination));
        Assert.Equal(((ushort)4000, Net.HostMac), (back.DestinationPort, back.Station));
        Assert.Empty(gateway.TakeOutside());

        // What a host inside then says of it: an error about the packet that came to it.
        byte[] seen = Packet.Udp(Net.Outside, there.SourcePort, Net.SecondHost, 5000);
        gateway.FromInside(
            SecondHostLane, Packet.IcmpError(Net.SecondHost, Net.Outside, 3, 3, seen, quoted: 28));
        gateway.Run();
        Sent error = Assert.Single(gateway.TakeInside());
        Assert.Equal((Net.Outside, Net.Host), (error.Source, error.Destination));
        Assert.Equal((Net.Host, (ushort)4000), (error.EmbeddedSource, error.EmbeddedSourcePort));
        Assert.Equal((Net.Outside, second), (error.EmbeddedDestination, error.EmbeddedDestinationPort));

        // The one that opened the port, and one of the hairpin in each lane.
        Assert.Equal(3, gateway.Parts.Sum(part => part.Translator.SessionCount));
    }

    [Fact]
    public void A_hairpin_to_nobody_is_dropped_by_the_lane_that_would_know()
    {
        using TwoLanes gateway = new();
        ushort foreign = (ushort)(20_032 - (64 * (TwoLanes.LaneOf(20_032) == SecondHostLane ? 0 : 1)));

        gateway.FromInside(HostLane, Packet.Tcp(Net.Host, 4000, Net.Outside, foreign, 0x02));
        gateway.Run();

        Assert.Empty(gateway.TakeInside());
        Assert.Empty(gateway.TakeOutside());
        Assert.Equal(1, gateway.Dropped(DropReason.NoMapping));
        Assert.Equal(0, gateway.Parts[SecondHostLane].Translator.SessionCount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void An_error_from_outside_finds_the_session_that_it_is_about(int arrival)
    {
        using TwoLanes gateway = new();
        gateway.FromInside(HostLane, Packet.Udp(Net.Host, 4000, Net.Server, 53));
        gateway.Run();
        Sent sent = Assert.Single(gateway.TakeOutside());

        gateway.FromOutside(arrival, Packet.IcmpError(Net.Hop, Net.Outside, 11, 0, sent.Octets, quoted: 28));
        gateway.Run();

        Sent error = Assert.Single(gateway.TakeInside());
        Assert.Equal((Net.Hop, Net.Host), (error.Source, error.Destination));
        Assert.Equal((Net.Host, (ushort)4000), (error.EmbeddedSource, error.EmbeddedSourcePort));
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void Fragments_from_outside_that_come_to_another_lane_arrive_whole_in_any_order(
        int[] order, bool inOneBatch)
    {
        ArgumentNullException.ThrowIfNull(order);
        using TwoLanes gateway = new();
        ushort port = Open(gateway, Net.Host, 4000);
        byte[] answer = Packet.Udp(Net.Server, 53, Net.Outside, port, payload: 4000);
        List<byte[]> pieces = Pieces.Cut(answer, 1480, Identification);
        Assert.Equal(3, pieces.Count);

        foreach (int piece in order)
        {
            gateway.FromOutside(1 - HostLane, pieces[piece]);
            if (!inOneBatch)
            {
                gateway.Run();
            }
        }

        gateway.Run();
        Sent whole = Pieces.Join(gateway.TakeInside());
        Assert.Equal((Net.Host, (ushort)4000), (whole.Destination, whole.DestinationPort));
        Assert.Equal(answer.AsSpan(42), whole.Octets[42..]);
        Assert.Equal(3, Handed(gateway));
    }

    [Fact]
    public void Fragments_without_a_first_one_are_given_up_where_they_wait()
    {
        using TwoLanes gateway = new();
        List<byte[]> pieces = Pieces.Cut(
            Packet.Udp(Net.Server, 53, Net.Outside, 4000, payload: 4000), 1480, Identification);
        gateway.FromOutside(0, pieces[1]);
        gateway.Run();
        gateway.Clock.Advance(TimeSpan.FromSeconds(3));
        gateway.Run();

        Assert.Equal(1, gateway.Dropped(DropReason.FragmentTimedOut));
        Assert.Empty(gateway.TakeInside());
    }

    [Theory]
    [InlineData(8080)]
    [InlineData(8080 + 64)]
    [InlineData(80)]
    public void A_published_port_is_the_lanes_that_has_the_host(ushort published)
    {
        using TwoLanes gateway = new(Gateway.Translation() with
        {
            Published = [new PublishedService(IpProtocol.Tcp, published, new TransportAddress(Net.Host, 80))],
        });

        for (int arrival = 0; arrival < 2; arrival++)
        {
            ushort visitor = (ushort)(1000 + arrival);
            gateway.FromOutside(arrival, Packet.Tcp(Net.Server, visitor, Net.Outside, published, 0x02));
        }

        gateway.FromInside(SecondHostLane, Packet.Tcp(Net.SecondHost, 6000, Net.Outside, published, 0x02));
        gateway.Run();
        IReadOnlyList<Sent> sent = gateway.TakeInside();

        Assert.Equal(3, sent.Count);
        Assert.All(sent, one => Assert.Equal((Net.Host, (ushort)80), (one.Destination, one.DestinationPort)));
        Assert.Equal(2, sent.Count(one => one.Source == Net.Server));
        Assert.Single(sent, one => one.Source == Net.Outside);
    }

    [Fact]
    public void One_lane_answers_a_neighbour_and_all_know_him()
    {
        using TwoLanes gateway = new(acquaint: false);
        gateway.Introduce();
        Assert.Equal(2, gateway.TakeInside().Count);
        Assert.Single(gateway.TakeOutside());

        gateway.FromInside(HostLane, Packet.Udp(Net.Host, 4000, Net.Server, 53));
        gateway.FromInside(SecondHostLane, Packet.Udp(Net.SecondHost, 4000, Net.Server, 53));
        gateway.Run();

        Assert.Equal(2, gateway.TakeOutside().Count); // neither had to wait for the router's address
        Assert.Equal(2, gateway.Whole.ReadCounters().Internal.Arp.RequestsReceived);
        Assert.Equal(2, gateway.Whole.ReadCounters().Internal.Arp.RepliesSent);
    }

    [Fact]
    public void Who_claims_an_address_of_ours_from_outside_is_refused()
    {
        using TwoLanes gateway = new();
        ushort port = Open(gateway, Net.Host, 4000);

        gateway.FromOutside(HostLane, Packet.Udp(Net.Outside, 53, Net.Outside, port));
        gateway.Run();

        Assert.Empty(gateway.TakeInside());
        Assert.Equal(1, gateway.Dropped(DropReason.Martian));
    }

    [Fact]
    public void Two_hosts_that_reach_each_other_by_the_gateway_have_one_session()
    {
        using TwoLanes gateway = new();

        gateway.FromInside(HostLane, Packet.Udp(Net.Host, 4000, Net.SecondHost, 5000));
        gateway.FromInside(SecondHostLane, Packet.Udp(Net.SecondHost, 5000, Net.Host, 4000));
        gateway.Run();

        Assert.Equal(2, gateway.TakeInside().Count);
        Assert.Equal(1, gateway.Parts.Sum(part => part.Translator.SessionCount));
    }

    [Fact]
    public void A_protocol_without_ports_is_one_lanes_both_ways()
    {
        using TwoLanes gateway = new(Gateway.Translation() with { OtherProtocols = true });
        byte[] there = Packet.Udp(Net.Host, 4000, Net.Server, 53);
        there[23] = 47;

        gateway.FromInside(1, there.WithNetworkChecksum());
        gateway.Run();
        Assert.True(gateway.Parts[0].Outside.TryTakeTransmitted(out _));
        byte[] back = Packet.Udp(Net.Server, 4000, Net.Outside, 53);
        back[23] = 47;
        gateway.FromOutside(1, back.WithNetworkChecksum());
        gateway.Run();

        Assert.True(gateway.Parts[0].Inside.TryTakeTransmitted(out TransmittedFrame? sent));
        Assert.Equal(Net.Host.Value, BinaryPrimitives.ReadUInt32BigEndian(sent.Octets.Span[30..]));
    }

    // News of neighbours is handed over, too: what follows is counted from there on.
    private static long Handed(TwoLanes gateway) => gateway.Exchange.HandedFrames - 3;

    private static ushort Open(TwoLanes gateway, IPv4Address host, ushort port)
    {
        gateway.FromInside(TwoLanes.LaneOf(host), Packet.Udp(host, port, Net.Server, 53));
        gateway.Run();
        Sent sent = Assert.Single(gateway.TakeOutside());
        Assert.Equal(TwoLanes.LaneOf(host), TwoLanes.LaneOf(sent.SourcePort));
        return sent.SourcePort;
    }

    private static byte[] AnswerTo(Sent sent) => sent.Protocol switch
    {
        1 => Packet.Echo(sent.Destination, sent.Source, sent.Identifier, isReply: true),
        6 => Packet.Tcp(sent.Destination, sent.DestinationPort, sent.Source, sent.SourcePort, 0x12),
        _ => Packet.Udp(sent.Destination, sent.DestinationPort, sent.Source, sent.SourcePort),
    };
}
