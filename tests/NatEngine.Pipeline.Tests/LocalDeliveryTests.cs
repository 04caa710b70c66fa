using System.Collections.Generic;
using NatEngine.Packets;

namespace NatEngine.Pipeline.Tests;

/// <summary>What is addressed to the gateway itself.</summary>
public class LocalDeliveryTests
{
    [Fact]
    public void Answers_echo_requests_to_owned_addresses_from_either_side()
    {
        using Gateway gateway = Gateway.Acquainted();
        gateway.FromHost(Packet.Echo(Net.Host, Net.Inside, 5).WithTimeToLive(1));
        gateway.FromHost(Packet.Echo(Net.Host, Net.Outside, 6));
        gateway.FromRouter(Packet.Echo(Net.Server, Net.Outside, 7).WithTimeToLive(1));
        gateway.Run();
        IReadOnlyList<Sent> inside = gateway.TakeInside();
        Assert.Equal(2, inside.Count);
        Assert.Equal((Net.Inside, Net.Host), (inside[0].Source, inside[0].Destination));
        Assert.Equal((5, 0), (inside[0].Identifier, inside[0].IcmpType));
        Assert.Equal((Net.Outside, 6, 64), (inside[1].Source, inside[1].Identifier, inside[1].TimeToLive));
        Sent outside = Assert.Single(gateway.TakeOutside());
        Assert.Equal((Net.Outside, Net.Server, 7), (outside.Source, outside.Destination, outside.Identifier));
        Assert.Equal((Net.RouterMac, Net.ExternalMac), (outside.Station, outside.From));
    }

    [Fact]
    public void Does_not_answer_the_outside_for_an_internal_address()
    {
        using Gateway gateway = Gateway.Acquainted();
        gateway.FromRouter(Packet.Echo(Net.Server, Net.Inside, 7));
        gateway.FromRouter(Packet.Tcp(Net.Server, 5555, Net.Inside, 22, flags: 0x02));
        gateway.Run();
        Assert.Empty(gateway.TakeOutside());
        Assert.Equal(2, gateway.Dropped(DropReason.NotOurs));
    }

    [Fact]
    public void A_packet_to_the_gateway_itself_may_be_on_its_last_hop()
    {
        using Gateway gateway = Gateway.Acquainted(Gateway.Shared());
        long before = gateway.Pipeline.ReadCounters().Internal.LeftToKernel;
        gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Inside, 33_434).WithTimeToLive(1));
        gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Outside, 33_434).WithTimeToLive(1));
        gateway.Run();
        Assert.Empty(gateway.TakeInside());
        Assert.Equal(2, gateway.Pipeline.ReadCounters().Internal.LeftToKernel - before);
    }

    [Fact]
    public void Drops_strangers_at_owned_addresses()
    {
        using Gateway gateway = Gateway.Acquainted();
        gateway.FromRouter(Packet.Tcp(Net.Server, 5555, Net.Outside, 22, flags: 0x02));
        gateway.FromHost(Packet.Tcp(Net.Host, 5555, Net.Inside, 22, flags: 0x02));
        gateway.Run();
        Assert.Empty(gateway.TakeInside());
        Assert.Empty(gateway.TakeOutside());
        Assert.Equal(2, gateway.Dropped(DropReason.NoMapping));
    }

    [Fact]
    public void Leaves_to_the_kernel_what_is_addressed_to_it()
    {
        using Gateway gateway = Gateway.Acquainted(Gateway.Shared());
        PipelineCounters before = gateway.Pipeline.ReadCounters();
        gateway.FromRouter(Packet.Tcp(Net.Server, 5555, Net.Outside, 22, flags: 0x02));
        gateway.FromRouter(Packet.Echo(Net.Server, Net.Outside, 7));
        gateway.FromHost(Packet.Tcp(Net.Host, 5555, Net.Inside, 22, flags: 0x02));
        gateway.FromHost(Packet.Echo(Net.Host, Net.Inside, 7));
        gateway.FromHost(Packet.Tcp(Net.Host, 5555, Net.Outside, 22, flags: 0x02));
        gateway.Run();
        Assert.Empty(gateway.TakeInside());
        Assert.Empty(gateway.TakeOutside());
        PipelineCounters after = gateway.Pipeline.ReadCounters();
        Assert.Equal(2, after.External.LeftToKernel - before.External.LeftToKernel);
        Assert.Equal(3, after.Internal.LeftToKernel - before.Internal.LeftToKernel);
        Assert.All(after.Drops.Values, count => Assert.Equal(0, count));
    }
}
