using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using NatEngine.Packets;
using NatEngine.Translation;
using NatEngine.Translation.Explaining;

namespace NatEngine.Pipeline.Tests;

/// <summary>What is asked about packets of two lanes is answered by the one that they come to.</summary>
public class LaneQuestionTests
{
    private static readonly IPv4Address[] Hosts = [Net.Host, Net.SecondHost];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_session_is_explained_by_the_lane_that_has_it_in_both_directions(int host)
    {
        using TwoLanes gateway = new();
        gateway.FromInside(0, Packet.Udp(Hosts[host], 4000, Net.Server, 53));
        gateway.Run();
        Sent sent = Assert.Single(gateway.TakeOutside());

        PacketExplanation opened = Explain(gateway, Udp(Hosts[host], 4000, Net.Server, 53));
        PacketExplanation answer = Explain(gateway, Udp(Net.Server, 53, Net.Outside, sent.SourcePort));

        Assert.Equal((Realm.Internal, IngressChoice.Session), (opened.Ingress, opened.IngressChoice));
        Assert.Equal(sent.SourcePort, opened.Translation!.Leaving.Source.Port);
        Assert.Equal(PacketFate.Forwarded, answer.Fate);
        Assert.Equal(new TransportAddress(Hosts[host], 4000), answer.Translation!.Leaving.Destination);
        Assert.Equal(1u, answer.Translation.Session!.Value.OriginalPackets);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_new_session_gets_a_port_of_its_hosts_lane_which_says_why_not_its_own(int host)
    {
        using TwoLanes gateway = new();
        int lane = TwoLanes.LaneOf(Hosts[host]);
        ushort own = (ushort)(TwoLanes.LaneOf(4000) == lane ? 4000 : 4064);
        ushort others = (ushort)(own ^ 4000 ^ 4064);

        Assert.Equal(PortOrigin.Preserved, PortOf(Explain(gateway, Udp(Hosts[host], own, Net.Server, 53))).Origin);
        ExplainedPort drawn = PortOf(Explain(gateway, Udp(Hosts[host], others, Net.Server, 53)));

        Assert.Equal((PortOrigin.Drawn, true), (drawn.Origin, drawn.IsOwnPortElsewhere));
        Assert.Equal(lane, TwoLanes.LaneOf(drawn.External.Port));
    }

    [Fact]
    public void A_packet_that_turns_round_is_explained_to_its_end()
    {
        using TwoLanes gateway = new(Published(Net.SecondHost));

        PacketExplanation said = Explain(gateway, Udp(Net.Host, 4000, Net.Outside, 53));

        Assert.Equal(PacketFate.TurnsRound, said.Fate);
        Assert.Equal(Net.Outside, said.Translation!.Leaving.Source.Address);
        Assert.Equal((Realm.External, PacketFate.Forwarded), (said.Onward!.Ingress, said.Onward.Fate));
        Assert.Equal(new TransportAddress(Net.SecondHost, 5300), said.Onward.Translation!.Leaving.Destination);
        Assert.Null(said.Onward.Onward);
        Assert.Equal(0, gateway.Parts.Sum(part => part.Translator.SessionCount));
    }

    [Fact]
    public void A_stranger_with_one_of_our_addresses_is_not_explained_as_a_packet_that_turned_round()
    {
        using TwoLanes gateway = new(Published(Net.SecondHost));
        FlowTuple tuple = Udp(Net.Outside, 4000, Net.Outside, 53);
        gateway.FromOutside(0, Packet.Udp(Net.Outside, 4000, Net.Outside, 53));
        gateway.Run();

        Assert.Equal(DropReason.Martian, Explain(gateway, tuple).Reason);
        DroppedPacket dropped = Assert.Single(Ask(gateway, gateway.Whole.ReadDropsAsync(DropReason.Martian)));
        Assert.Equal(DropReason.Martian, Ask(gateway, gateway.Whole.ExplainAsync(dropped)).Reason);
    }

    [Fact]
    public void What_was_dropped_after_it_turned_round_is_explained_as_that()
    {
        using TwoLanes gateway = new();
        ushort port = (ushort)(TwoLanes.LaneOf(5000) == TwoLanes.LaneOf(Net.SecondHost) ? 5000 : 5064);
        gateway.FromInside(0, Packet.Udp(Net.Host, 4000, Net.Outside, port));
        gateway.Run();

        DroppedPacket dropped = Assert.Single(Ask(gateway, gateway.Whole.ReadDropsAsync(DropReason.NoMapping)));

        Assert.Equal((Realm.External, Net.Outside), (dropped.Ingress, dropped.Facts.Source));
        Assert.Equal(DropReason.NoMapping, Ask(gateway, gateway.Whole.ExplainAsync(dropped)).Reason);
    }

    [Fact]
    public void Drops_of_both_lanes_are_listed_the_newest_first()
    {
        using TwoLanes gateway = new();
        ushort[] ports = [.. Enumerable.Range(0, 20).Select(at => (ushort)(5000 + (64 * at)))];
        foreach (ushort port in ports)
        {
            gateway.FromOutside(0, Packet.Udp(Net.Server, 53, Net.Outside, port));
            gateway.Run();
            gateway.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        IReadOnlyList<DroppedPacket> dropped = Ask(gateway, gateway.Whole.ReadDropsAsync(DropReason.NoMapping));

        Assert.Equal(ports.Reverse().Take(16), dropped.Select(one => one.Facts.Tuple.Destination.Port));
    }

    private static TranslationOptions Published(IPv4Address host) => Gateway.Translation() with
    {
        Published = [new PublishedService(IpProtocol.Udp, 53, new TransportAddress(host, 5300))],
    };

    private static FlowTuple Udp(IPv4Address source, ushort from, IPv4Address destination, ushort to)
        => new(new TransportAddress(source, from), new TransportAddress(destination, to), IpProtocol.Udp);

    private static ExplainedPort PortOf(PacketExplanation explanation) => explanation.Translation!.Port!;

    private static PacketExplanation Explain(TwoLanes gateway, FlowTuple tuple)
        => Ask(gateway, gateway.Whole.ExplainAsync(tuple, ingress: null));

    // Lanes are asked one after the other about what turns round, and these have no threads of their own.
    private static TAnswer Ask<TAnswer>(TwoLanes gateway, Task<TAnswer> question)
    {
        for (int turn = 0; turn < 10_000 && !question.Wait(TimeSpan.FromMilliseconds(1)); turn++)
        {
            gateway.Run();
        }

        return question.GetAwaiter().GetResult();
    }
}
