using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Tests;

/// <summary>What the gateway says of packets: of those that somebody might send, and of those that it has
/// dropped.</summary>
public class PacketQuestionTests
{
    [Fact]
    public void The_way_of_a_packet_is_told_before_it_goes_it()
    {
        using Gateway gateway = Gateway.Acquainted();
        PacketExplanation said = Explain(gateway, Udp(Net.Host, 4000, Net.Server, 53));
        gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, 53));
        gateway.Run();

        Sent sent = Assert.Single(gateway.TakeOutside());
        Assert.Equal((PacketFate.Forwarded, IngressChoice.Route), (said.Fate, said.IngressChoice));
        Assert.Equal((sent.Source, sent.Destination), (
            said.Translation!.Leaving.Source.Address, said.Translation.Leaving.Destination.Address));
        Assert.Equal(sent.SourcePort, said.Translation.Leaving.Source.Port);
        Assert.Equal((Net.Router, true, "Stale"), (said.Hop!.NextHop, said.Hop.IsRouter, said.Hop.Neighbour));
        Assert.Equal(sent.Station, said.Hop.Station);
    }

    [Fact]
    public void A_neighbour_that_nobody_has_asked_for_stays_so()
    {
        using Gateway gateway = new();

        PacketExplanation said = Explain(gateway, Udp(Net.Host, 4000, Net.Server, 53));

        Assert.Equal((PacketFate.Forwarded, "None"), (said.Fate, said.Hop!.Neighbour));
        Assert.Empty(Gateway.TakeArpRequests(gateway.Outside));
        Assert.Equal((0, 0), (gateway.Translator.SessionCount, gateway.Translator.MappingCount));
    }

    [Fact]
    public void A_packet_of_a_session_comes_in_where_they_do()
    {
        using Gateway gateway = Gateway.Acquainted();
        gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, 53));
        gateway.Run();

        PacketExplanation said = Explain(gateway, Udp(Net.Server, 53, Net.Outside, 4000));

        Assert.Equal((Realm.External, IngressChoice.Session), (said.Ingress, said.IngressChoice));
        Assert.Equal((PacketFate.Forwarded, Net.Host), (said.Fate, said.Hop!.NextHop));
    }

    [Theory]
    [InlineData("203.0.113.1", false, PacketFate.Dropped, DropReason.NoMapping)]
    [InlineData("203.0.113.1", true, PacketFate.LeftToKernel, DropReason.NoMapping)]
    [InlineData("100.64.0.5", false, PacketFate.Dropped, DropReason.NotOurs)]
    public void A_stranger_is_dropped_or_the_kernels(
        string destination, bool isShared, PacketFate fate, DropReason reason)
    {
        using Gateway gateway = Gateway.Acquainted(isShared ? Gateway.Shared() : Gateway.Owned());

        PacketExplanation said = Explain(gateway, Udp(Net.Server, 53, IPv4Address.Parse(destination), 22));

        Assert.Equal((IngressChoice.Otherwise, Realm.External), (said.IngressChoice, said.Ingress));
        Assert.Equal((fate, reason), (said.Fate, said.Reason));
    }

    [Fact]
    public void What_is_for_the_gateway_itself_is_not_translated()
    {
        using Gateway owned = Gateway.Acquainted();
        using Gateway shared = Gateway.Acquainted(Gateway.Shared());
        FlowTuple echo = new(
            new TransportAddress(Net.Host, 7), new TransportAddress(Net.Inside, (int)IcmpType.EchoRequest << 8),
            IpProtocol.Icmp);

        Assert.Equal(PacketFate.Answered, Explain(owned, echo).Fate);
        Assert.Equal(PacketFate.LeftToKernel, Explain(shared, echo).Fate);
        Assert.Equal(DropReason.NoMapping, Explain(owned, Udp(Net.Host, 1, Net.Inside, 53)).Reason);
        Assert.Equal(
            DropReason.Martian, Explain(owned, Udp(Net.Host, 1, IPv4Address.Parse("224.0.0.1"), 53)).Reason);
    }

    [Fact]
    public void The_last_dropped_packets_are_kept_the_newest_first()
    {
        using Gateway gateway = Gateway.Acquainted();
        for (ushort port = 1; port <= 20; port++)
        {
            gateway.FromRouter(Packet.Tcp(Net.Server, 5555, Net.Outside, port, flags: 0x02));
            gateway.Run();
            gateway.Pass(TimeSpan.FromSeconds(1));
        }

        IReadOnlyList<DroppedPacket> dropped = Ask(gateway, gateway.Pipeline.Packets.ReadDropsAsync(
            DropReason.NoMapping));

        Assert.Equal(Enumerable.Range(5, 16).Reverse(), dropped.Select(one => (int)one.Facts.Tuple.Destination.Port));
        Assert.All(dropped, one => Assert.Equal(
            (Realm.External, TcpFlags.Syn), (one.Ingress, one.Facts.TcpFlags)));
        Assert.Equal(TimeSpan.FromSeconds(16), dropped[^1].Age);
        Assert.Empty(Ask(gateway, gateway.Pipeline.Packets.ReadDropsAsync(DropReason.Martian)));
        Assert.Equal(
            DropReason.NoMapping, Ask(gateway, gateway.Pipeline.Packets.ExplainAsync(dropped[0])).Reason);
    }

    [Fact]
    public void A_packet_that_was_on_its_last_hop_is_explained_as_it_was()
    {
        using Gateway gateway = Gateway.Acquainted();
        gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, 53).WithTimeToLive(1));
        gateway.Run();

        DroppedPacket dropped = Assert.Single(Ask(
            gateway, gateway.Pipeline.Packets.ReadDropsAsync(DropReason.TimeToLiveExceeded)));
        PacketExplanation said = Ask(gateway, gateway.Pipeline.Packets.ExplainAsync(dropped));

        Assert.Equal((PacketFate.Dropped, DropReason.TimeToLiveExceeded), (said.Fate, said.Reason));
    }

    [Fact]
    public void A_packet_that_waited_in_vain_came_in_where_it_came_in()
    {
        using Gateway gateway = new();
        gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, 53));
        gateway.Run();
        gateway.Pass(TimeSpan.FromSeconds(10)); // the router does not answer

        DroppedPacket dropped = Assert.Single(Ask(
            gateway, gateway.Pipeline.Packets.ReadDropsAsync(DropReason.NeighbourUnresolved)));

        Assert.Equal((Realm.Internal, Net.Server), (dropped.Ingress, dropped.Facts.Destination));
        Assert.Equal("Failed", Ask(gateway, gateway.Pipeline.Packets.ExplainAsync(dropped)).Hop!.Neighbour);
    }

    private static FlowTuple Udp(IPv4Address source, ushort from, IPv4Address destination, ushort to)
        => new(new TransportAddress(source, from), new TransportAddress(destination, to), IpProtocol.Udp);

    private static PacketExplanation Explain(Gateway gateway, FlowTuple tuple)
        => Ask(gateway, gateway.Pipeline.Packets.ExplainAsync(tuple, ingress: null));

    private static TAnswer Ask<TAnswer>(Gateway gateway, Task<TAnswer> question)
    {
        _ = gateway.Step();
        Assert.True(question.IsCompletedSuccessfully);
        return question.GetAwaiter().GetResult();
    }
}
