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
