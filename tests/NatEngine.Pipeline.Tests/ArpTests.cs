using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;
using NatEngine.Pipeline.Forwarding;

namespace NatEngine.Pipeline.Tests;

/// <summary>ARP as the two links see it (RFC 826, RFC 1122 section 2.3.2).</summary>
public class ArpTests
{
    private static readonly MacAddress StrangerMac = new(0x02_00_00_00_09_09);

    [Fact]
    public void Answers_for_owned_addresses()
    {
        using Gateway gateway = new();
        gateway.Outside.Inject(Packet.Arp(true, Net.RouterMac, Net.Router, default, Net.Outside));
        gateway.Run();
        Sent reply = Assert.Single(gateway.TakeOutside());
        Assert.Equal((Net.RouterMac, Net.ExternalMac, 2), (reply.Station, reply.From, reply.ArpOperation));
        Assert.Equal((Net.ExternalMac, Net.Outside), (reply.ArpSenderMac, reply.ArpSender));
        Assert.Equal((Net.RouterMac, Net.Router), (reply.ArpTargetMac, reply.ArpTarget));
    }

    [Fact]
    public void Answers_a_probe_and_learns_nothing_from_it()
    {
        using Gateway gateway = new();
        gateway.Outside.Inject(Packet.Arp(true, StrangerMac, IPv4Address.Any, default, Net.Outside));
        gateway.Run();
        Assert.Equal(Net.ExternalMac, Assert.Single(gateway.TakeOutside()).ArpSenderMac);
        Assert.Equal(0, Neighbours(gateway).Count);
    }

    [Fact]
    public void Leaves_answering_for_shared_addresses_to_the_kernel()
    {
        using Gateway gateway = new(Gateway.Shared());
        gateway.Introduce();
        Assert.Empty(gateway.TakeInside());
        Assert.Empty(gateway.TakeOutside());
        Assert.Equal(0, gateway.Pipeline.ReadCounters().External.Arp.RepliesSent);
        Assert.True(Neighbours(gateway).TryFind(Translation.Realm.External, Net.Router, out _));
    }

    [Fact]
    public void Does_not_answer_for_others()
    {
        using Gateway gateway = new();
        gateway.Inside.Inject(Packet.Arp(true, Net.HostMac, Net.Host, default, Net.SecondHost));
        gateway.Inside.Inject(Packet.Arp(true, Net.HostMac, Net.Host, default, Net.Outside));
        gateway.Run();
        Assert.Empty(gateway.TakeInside());
        Assert.Equal(0, Neighbours(gateway).Count);
    }

    [Fact]
    public void Asks_for_the_next_hop_and_sends_what_waited_in_order()
    {
        using Gateway gateway = new();
        for (ushort port = 1; port <= 3; port++)
        {
            gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, port));
        }

        gateway.Run();
        Sent request = Assert.Single(Gateway.TakeArpRequests(gateway.Outside));
        Assert.Equal((MacAddress.Broadcast, Net.ExternalMac), (request.Station, request.From));
        Assert.Equal((Net.ExternalMac, Net.Outside), (request.ArpSenderMac, request.ArpSender));
        Assert.Equal(Net.Router, request.ArpTarget);

        gateway.Outside.Inject(Reply(Net.RouterMac, Net.Router));
        gateway.Run();
        IReadOnlyList<Sent> sent = gateway.TakeOutside();
        Assert.Equal([1, 2, 3], sent.Select(packet => (int)packet.DestinationPort));
        Assert.All(
            sent,
            packet => Assert.Equal(
                (Net.RouterMac, Net.Outside, 63), (packet.Station, packet.Source, packet.TimeToLive)));
        Assert.All(gateway.Pipeline.ReadCounters().Drops.Values, count => Assert.Equal(0, count));
    }

    [Fact]
    public void The_ring_gets_its_slots_back_while_packets_wait()
    {
        using Gateway gateway = new();
        for (int packet = 0; packet < 2000; packet++)
        {
            gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, 53));
            gateway.Step();
        }

        Assert.Equal(0, gateway.Inside.ReadStatistics().RingDrops);
    }

    [Fact]
    public void Keeps_the_latest_packets_and_counts_the_others()
    {
        const int TooMany = 7;
        const int Last = WaitingPackets.MaxPerNeighbour + TooMany;
        using Gateway gateway = new();
        for (ushort port = 1; port <= Last; port++)
        {
            gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, port));
        }

        gateway.Run();
        gateway.Outside.Inject(Reply(Net.RouterMac, Net.Router));
        gateway.Run();
        Assert.Equal(
            Enumerable.Range(TooMany + 1, WaitingPackets.MaxPerNeighbour),
            gateway.TakeOutside().Select(packet => (int)packet.DestinationPort));
        Assert.Equal(TooMany, gateway.Dropped(DropReason.NeighbourQueueFull));
    }

    [Fact]
    public void A_neighbour_that_was_heard_of_is_used_and_probed_at_once()
    {
        using Gateway gateway = Gateway.Acquainted();
        gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, 53));
        gateway.Step();
        gateway.Outside.TryTakeTransmitted(out Devices.TransmittedFrame? first);
        Assert.Equal(Net.Outside, Sent.Read(first!).Source);
        Sent probe = Assert.Single(Gateway.TakeArpRequests(gateway.Outside));
        Assert.Equal((Net.RouterMac, Net.Router), (probe.Station, probe.ArpTarget));
    }

    [Fact]
    public void A_confirmed_neighbour_is_left_in_peace_for_half_a_minute()
    {
        using Gateway gateway = Gateway.Acquainted();
        gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, 53));
        gateway.Run();
        gateway.Outside.Inject(Reply(Net.RouterMac, Net.Router));
        gateway.Run();
        Gateway.TakeArpRequests(gateway.Outside);
        for (int second = 0; second < 29; second++)
        {
            gateway.Pass(TimeSpan.FromSeconds(1));
            gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, 53));
            gateway.Run();
        }

        Assert.Empty(Gateway.TakeArpRequests(gateway.Outside));
        gateway.Pass(TimeSpan.FromSeconds(2));
        gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, 53));
        gateway.Run();
        Assert.Single(Gateway.TakeArpRequests(gateway.Outside));
    }

    [Fact]
    public void A_router_that_falls_silent_is_asked_for_by_unicast_then_by_broadcast_then_given_up()
    {
        using Gateway gateway = Gateway.Acquainted();
        gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, 53));
        gateway.Pass(TimeSpan.FromSeconds(7));
        List<MacAddress> asked = [.. Gateway.TakeArpRequests(gateway.Outside).Select(request => request.Station)];
        Assert.Equal(
            [
                Net.RouterMac, Net.RouterMac, Net.RouterMac,
                MacAddress.Broadcast, MacAddress.Broadcast, MacAddress.Broadcast,
            ],
            asked);

        gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, 53));
        gateway.Run();
        Assert.Empty(gateway.TakeOutside());
    }

    [Fact]
    public void A_router_that_moves_to_another_station_is_followed()
    {
        using Gateway gateway = Gateway.Acquainted();
        gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, 53));
        gateway.Run();
        gateway.TakeOutside();
        gateway.Outside.Inject(Packet.Arp(true, StrangerMac, Net.Router, default, Net.Router)); // gratuitous
        gateway.Run();
        gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, 53));
        gateway.Run();
        Assert.Equal(StrangerMac, Assert.Single(gateway.TakeOutside()).Station);
    }

    [Fact]
    public void Who_announces_itself_unasked_gets_no_entry()
    {
        using Gateway gateway = new();
        for (uint address = 0; address < 100; address++)
        {
            IPv4Address sender = new(Net.InternalPrefix.Network.Value + 1000 + address);
            gateway.Inside.Inject(Packet.Arp(true, StrangerMac, sender, default, sender));
            gateway.Inside.Inject(Packet.Arp(false, StrangerMac, sender, Net.InternalMac, Net.Inside));
        }

        gateway.Run();
        Assert.Equal(0, Neighbours(gateway).Count);
    }

    [Fact]
    public void Another_station_with_our_address_is_counted_and_not_believed()
    {
        using Gateway gateway = new();
        gateway.Outside.Inject(Packet.Arp(false, StrangerMac, Net.Outside, Net.ExternalMac, Net.Outside));
        gateway.Run();
        Assert.Equal(1, gateway.Pipeline.ReadCounters().External.Arp.Conflicts);
        Assert.Equal(0, Neighbours(gateway).Count);
    }

    [Fact]
    public void An_impossible_sender_is_malformed()
    {
        using Gateway gateway = new();
        gateway.Outside.Inject(Packet.Arp(true, MacAddress.Broadcast, Net.Router, default, Net.Outside));
        gateway.Run();
        Assert.Empty(gateway.TakeOutside());
        Assert.Equal(1, gateway.Dropped(DropReason.MalformedArp));
    }

    [Fact]
    public void A_session_notices_when_its_neighbours_number_is_another_hosts()
    {
        using Gateway gateway = new(Gateway.Owned() with { MaxNeighbours = 16 });
        IPv4Address first = IPv4Address.Parse("203.0.113.20");
        IPv4Address second = IPv4Address.Parse("203.0.113.21");
        gateway.FromHost(Packet.Udp(Net.Host, 4000, first, 53));
        gateway.Run();
        Assert.True(Neighbours(gateway).TryFind(Translation.Realm.External, first, out ushort number));
        gateway.Pass(NeighbourTable.FailedTime + TimeSpan.FromSeconds(5));

        // The number was freed, and the next neighbour gets it.
        gateway.FromHost(Packet.Udp(Net.Host, 4000, second, 53));
        gateway.Run();
        Assert.True(Neighbours(gateway).TryFind(Translation.Realm.External, second, out ushort reused));
        Assert.Equal(number, reused);
        gateway.Outside.Inject(Reply(StrangerMac, second));
        gateway.Run();
        Gateway.TakeArpRequests(gateway.Outside);

        gateway.FromHost(Packet.Udp(Net.Host, 4000, first, 53));
        gateway.Run();
        Assert.Equal(first, Assert.Single(Gateway.TakeArpRequests(gateway.Outside)).ArpTarget);
    }

    [Fact]
    public void Asks_without_claiming_an_address_where_it_has_none()
    {
        PipelineOptions owned = Gateway.Owned();
        using Gateway gateway = new(owned with { Internal = owned.Internal with { OwnedAddresses = [] } });
        gateway.Outside.Inject(Packet.Arp(true, Net.RouterMac, Net.Router, default, Net.Outside));
        gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, 53));
        gateway.Run();
        ushort mapped = Assert.Single(gateway.TakeOutside(), sent => sent.EtherType == 0x0800).SourcePort;
        gateway.FromRouter(Packet.Udp(Net.Server, 53, Net.Outside, mapped));
        gateway.Run();
        Sent request = Assert.Single(Gateway.TakeArpRequests(gateway.Inside));
        Assert.Equal((IPv4Address.Any, Net.Host), (request.ArpSender, request.ArpTarget));
    }

    private static NeighbourTable Neighbours(Gateway gateway)
        => ((Stages.LookupStage)gateway.Pipeline.Stages[1]).Neighbours;

    private static byte[] Reply(MacAddress station, IPv4Address address)
        => Packet.Arp(false, station, address, Net.ExternalMac, Net.Outside);
}
