using System;
using NatEngine.Packets;
using NatEngine.Pipeline.Forwarding;

namespace NatEngine.Pipeline.Tests;

/// <summary>Neighbours that do not answer (RFC 1122 section 2.3.2).</summary>
public class SilentNeighbourTests
{
    [Fact]
    public void Hosts_that_went_away_make_room()
    {
        PipelineOptions options = Gateway.Owned() with { MaxNeighbours = 16 };
        using Gateway gateway = new(options);
        for (uint host = 0; host < 20; host++)
        {
            IPv4Address destination = new(Net.ExternalPrefix.Network.Value + 20 + host);
            gateway.FromHost(Packet.Udp(Net.Host, 4000, destination, 53));
        }

        gateway.Run();
        Assert.Equal(4, gateway.Dropped(DropReason.NeighbourTableFull));
        Assert.Equal(16, ((Stages.LookupStage)gateway.Pipeline.Stages[1]).Neighbours.Count);

        gateway.Pass(NeighbourTable.FailedTime + TimeSpan.FromSeconds(5));
        Assert.Equal(0, ((Stages.LookupStage)gateway.Pipeline.Stages[1]).Neighbours.Count);
    }

    [Fact]
    public void Asks_once_a_second_three_times_then_says_unreachable()
    {
        using Gateway gateway = new();
        gateway.Inside.Inject(Packet.Arp(true, Net.HostMac, Net.Host, default, Net.Inside));
        gateway.Run();
        gateway.TakeInside();
        for (int packet = 0; packet < 40; packet++)
        {
            gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, 53));
            gateway.Pass(TimeSpan.FromMilliseconds(100));
            if (packet < 29)
            {
                Assert.Equal(0, gateway.Dropped(DropReason.NeighbourUnresolved));
            }
        }

        // Four seconds: 0, 1, 2, then failure at 3 and a new beginning with the next packet.
        Assert.InRange(Gateway.TakeArpRequests(gateway.Outside).Count, 4, 5);

        // What waited in vain is what came in the first three seconds, ten a second, and the one that met the failure.
        Assert.Equal(31, gateway.Dropped(DropReason.NeighbourUnresolved));
    }

    [Fact]
    public void Tells_the_senders_of_packets_that_waited_in_vain()
    {
        using Gateway gateway = new();
        byte[] packet = Packet.Udp(Net.Host, 4000, Net.Server, 53);
        gateway.FromHost(packet);
        gateway.Pass(TimeSpan.FromSeconds(4));
        Sent error = Assert.Single(gateway.TakeInside());
        Assert.Equal((3, 1, Net.Host, Net.HostMac), (error.IcmpType, error.IcmpCode, error.Destination, error.Station));
        Assert.Equal(packet[14..], error.Embedded.ToArray());
    }
}
