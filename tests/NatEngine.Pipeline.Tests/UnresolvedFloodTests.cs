using NatEngine.Devices;
using NatEngine.Packets;

namespace NatEngine.Pipeline.Tests;

/// <summary>Full batches, one after the other, to a router that is not known yet: what a gateway meets that starts, or
/// whose router was away for a while, under load.</summary>
public class UnresolvedFloodTests
{
    private const int Batches = 50;
    private const int BatchSize = 64;

    [Fact]
    public void The_router_is_asked_for_and_once_it_answers_everything_passes()
    {
        using Gateway gateway = new();
        Flood(gateway);
        Assert.Single(Gateway.TakeArpRequests(gateway.Outside));

        gateway.Outside.Inject(Packet.Arp(false, Net.RouterMac, Net.Router, Net.ExternalMac, Net.Outside));
        Flood(gateway);
        gateway.TakeOutside();
        Flood(gateway);
        Assert.Equal(Batches * BatchSize, gateway.TakeOutside().Count);
    }

    [Fact]
    public void NoBuffer_when_the_gateways_own_frames_are_all_in_use()
    {
        using Gateway gateway = new();
        while (gateway.Pool.TryRent(64, out Frame _))
        {
        }

        gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, 53));
        gateway.Run();
        Assert.Equal(1, gateway.Dropped(DropReason.NoBuffer));
        Assert.Empty(gateway.TakeOutside());
    }

    private static void Flood(Gateway gateway)
    {
        for (int batch = 0; batch < Batches; batch++)
        {
            for (ushort port = 1; port <= BatchSize; port++)
            {
                gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, port));
            }

            gateway.Step();
        }
    }
}
