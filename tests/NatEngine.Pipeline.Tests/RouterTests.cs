using System;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Tests;

/// <summary>What a router does beside forwarding: refuses, says why, and answers for itself (RFC 1812).</summary>
public class RouterTests
{
    private const ushort DontFragment = 0x4000;

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void Tells_the_sender_when_the_time_to_live_is_used_up(byte timeToLive)
    {
        using Gateway gateway = Gateway.Acquainted();
        byte[] packet = Packet.Udp(Net.Host, 4000, Net.Server, 33_434).WithTimeToLive(timeToLive);
        gateway.FromHost(packet);
        gateway.Run();

        Sent error = Assert.Single(gateway.TakeInside());
        Assert.Equal((Net.Inside, Net.Host, Net.HostMac), (error.Source, error.Destination, error.Station));
        Assert.Equal((11, 0, 0xC0), (error.IcmpType, error.IcmpCode, error.TrafficClass));
        Assert.Equal(packet[14..], error.Embedded.ToArray());
        Assert.Empty(gateway.TakeOutside());
        Assert.Equal(1, gateway.Dropped(DropReason.TimeToLiveExceeded));
        Assert.Equal(0, gateway.Translator.SessionCount);
    }

    [Fact]
    public void Tells_an_outside_sender_too_about_the_packet_that_it_sent()
    {
        using Gateway gateway = Gateway.Acquainted();
        gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, 53));
        gateway.Run();
        ushort mapped = Assert.Single(gateway.TakeOutside()).SourcePort;

        byte[] packet = Packet.Udp(Net.Server, 53, Net.Outside, mapped).WithTimeToLive(1);
        gateway.FromRouter(packet);
        gateway.Run();
        Sent error = Assert.Single(gateway.TakeOutside());
        Assert.Equal((Net.Outside, Net.Server, Net.RouterMac), (error.Source, error.Destination, error.Station));
        Assert.Equal(packet[14..], error.Embedded.ToArray());
        Assert.Empty(gateway.TakeInside());
    }

    [Fact]
    public void Quotes_no_more_than_fits_into_576_octets()
    {
        using Gateway gateway = Gateway.Acquainted();
        gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, 33_434, payload: 1400).WithTimeToLive(1));
        gateway.Run();
        Assert.Equal(576, Assert.Single(gateway.TakeInside()).TotalLength);
    }

    [Fact]
    public void Sends_no_error_about_an_error()
    {
        using Gateway gateway = Gateway.Acquainted();
        byte[] about = Packet.Udp(Net.Server, 53, Net.Host, 4000);
        gateway.FromHost(Packet.IcmpError(Net.Host, Net.Server, 3, 3, about, 28).WithTimeToLive(1));
        gateway.Run();
        Assert.Empty(gateway.TakeInside());
        Assert.Equal(1, gateway.Dropped(DropReason.TimeToLiveExceeded));
    }

    [Fact]
    public void Limits_how_many_errors_it_sends()
    {
        using Gateway gateway = Gateway.Acquainted();
        byte[] packet = Packet.Udp(Net.Host, 4000, Net.Server, 33_434).WithTimeToLive(1);
        for (int count = 0; count < 200; count++)
        {
            gateway.FromHost(packet);
        }

        gateway.Run();
        Assert.Equal(50, gateway.TakeInside().Count);
        Assert.Equal(200, gateway.Dropped(DropReason.TimeToLiveExceeded));

        gateway.Clock.Advance(TimeSpan.FromMilliseconds(10));
        for (int count = 0; count < 30; count++)
        {
            gateway.FromHost(packet);
        }

        gateway.Run();
        Assert.Equal(10, gateway.TakeInside().Count);
    }

    [Fact]
    public void Says_what_would_fit_when_a_packet_must_not_be_fragmented()
    {
        using Gateway gateway = Gateway.Acquainted(WithExternalMtu(1400));
        gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, 53, payload: 1373).WithFragment(DontFragment));
        gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, 53, payload: 1372).WithFragment(DontFragment));
        gateway.Run();
        Sent error = Assert.Single(gateway.TakeInside());
        Assert.Equal((3, 4, 1400), (error.IcmpType, error.IcmpCode, error.NextHopMtu));
        Assert.Equal(1400, Assert.Single(gateway.TakeOutside()).TotalLength);
        Assert.Equal(1, gateway.Dropped(DropReason.FragmentationNeeded));
    }

    [Theory]
    [InlineData(1360, true)]
    [InlineData(1361, false)]
    public void A_super_frame_is_judged_by_the_segments_it_becomes(ushort segment, bool fits)
    {
        using Gateway gateway = Gateway.Acquainted(WithExternalMtu(1400));
        byte[] frame = Packet.Tcp(Net.Host, 4000, Net.Server, 80, 0x02, payload: 20_000).WithFragment(DontFragment);
        VirtioNetHeader super = new() { GsoType = 1, GsoSize = segment, HeaderLength = 54 };
        gateway.FromHost(frame, super);
        gateway.Run();
        Assert.Equal(fits ? 1 : 0, gateway.TakeOutside().Count);
        Assert.Equal(fits ? 0 : 1, gateway.TakeInside().Count);
    }

    [Fact]
    public void Counts_as_dropped_what_the_kernel_is_kept_from()
    {
        PipelineOptions shared = Gateway.Shared();
        using Gateway gateway = Gateway.Acquainted(shared with
        {
            External = shared.External with
            {
                GuardedTcpPorts = [new PortRange(1024, 2047), new PortRange(65_535, 65_535)],
                GuardedUdpPorts = [new PortRange(53, 53)],
            },
        });
        long before = gateway.Pipeline.ReadCounters().External.LeftToKernel;
        foreach (ushort port in new ushort[] { 1024, 2047, 65_535, 1023, 2048, 53 })
        {
            gateway.FromRouter(Packet.Tcp(Net.Server, 5555, Net.Outside, port, flags: 0x02));
        }

        gateway.FromRouter(Packet.Udp(Net.Server, 5555, Net.Outside, 53));
        gateway.FromHost(Packet.Tcp(Net.Host, 5555, Net.Outside, 1500, flags: 0x02));
        gateway.Run();
        Assert.Equal(5, gateway.Dropped(DropReason.NoMapping));
        Assert.Equal(3, gateway.Pipeline.ReadCounters().External.LeftToKernel - before);
    }

    [Fact]
    public void Translates_at_a_shared_address_what_has_a_session()
    {
        using Gateway gateway = Gateway.Acquainted(Gateway.Shared());
        gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, 53));
        gateway.Run();
        ushort mapped = Assert.Single(gateway.TakeOutside()).SourcePort;
        gateway.FromRouter(Packet.Udp(Net.Server, 53, Net.Outside, mapped));
        gateway.Run();
        Assert.Equal(Net.Host, Assert.Single(gateway.TakeInside()).Destination);
    }

    [Fact]
    public void Ignores_what_another_station_was_sent()
    {
        using Gateway gateway = Gateway.Acquainted();
        gateway.Inside.Inject(
            Packet.Udp(Net.Host, 4000, Net.Server, 53).Between(Net.HostMac, Net.SecondHostMac));
        gateway.Inside.Inject(
            Packet.Udp(Net.Host, 68, IPv4Address.Broadcast, 67).Between(Net.HostMac, MacAddress.Broadcast));
        gateway.Run();
        Assert.Empty(gateway.TakeOutside());
        Assert.Empty(gateway.TakeInside());
        Assert.Equal(2, gateway.Pipeline.ReadCounters().Internal.LeftToKernel);
    }

    [Fact]
    public void Leaves_other_protocols_to_the_kernel()
    {
        using Gateway gateway = Gateway.Acquainted();
        byte[] ipv6 = Packet.Udp(Net.Host, 1, Net.Server, 2);
        ipv6[12] = 0x86;
        ipv6[13] = 0xDD;
        gateway.FromHost(ipv6);
        gateway.Run();
        Assert.Empty(gateway.TakeOutside());
        Assert.Equal(1, gateway.Pipeline.ReadCounters().Internal.LeftToKernel);
    }

    [Theory]
    [InlineData("127.0.0.1", "198.51.100.7")]
    [InlineData("224.0.0.1", "198.51.100.7")]
    [InlineData("0.1.2.3", "198.51.100.7")]
    [InlineData("255.255.255.255", "198.51.100.7")]
    [InlineData("100.64.0.5", "127.0.0.1")]
    [InlineData("100.64.0.5", "240.0.0.1")]
    [InlineData("100.64.0.5", "239.1.1.1")]
    public void Rfc1812_5_3_7_martians_are_dropped(string source, string destination)
    {
        using Gateway gateway = Gateway.Acquainted();
        gateway.FromHost(Packet.Udp(IPv4Address.Parse(source), 1, IPv4Address.Parse(destination), 2));
        gateway.Run();
        Assert.Empty(gateway.TakeOutside());
        Assert.Equal(1, gateway.Dropped(DropReason.Martian));
    }

    [Fact]
    public void Drops_what_it_cannot_read()
    {
        using Gateway gateway = Gateway.Acquainted();
        byte[] wrong = Packet.Udp(Net.Host, 4000, Net.Server, 53);
        wrong[24] ^= 0xFF;
        gateway.FromHost(wrong);
        gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, 53)[..30]);
        gateway.Inside.Inject([1, 2, 3]);
        gateway.Run();
        Assert.Empty(gateway.TakeOutside());
        Assert.Equal(1, gateway.Dropped(DropReason.BadIPv4Checksum));
        Assert.Equal(1, gateway.Dropped(DropReason.MalformedIPv4));
        Assert.Equal(1, gateway.Dropped(DropReason.TruncatedEthernet));
    }

    [Fact] // RFC 1812 section 4.3.2.7
    public void Says_nothing_about_a_packet_to_a_broadcast_address()
    {
        using Gateway gateway = Gateway.Acquainted();
        gateway.FromHost(Packet.Udp(Net.Host, 4000, IPv4Address.Parse("203.0.113.255"), 53));
        gateway.Run();
        Assert.Empty(gateway.TakeInside());
        Assert.Empty(gateway.TakeOutside());
        Assert.Equal(1, gateway.Dropped(DropReason.NoRoute));
    }

    [Fact]
    public void Says_that_there_is_no_route()
    {
        PipelineOptions owned = Gateway.Owned();
        using Gateway gateway = Gateway.Acquainted(owned with { External = owned.External with { Routes = [] } });
        gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, 53));
        gateway.Run();
        Sent error = Assert.Single(gateway.TakeInside());
        Assert.Equal((3, 0), (error.IcmpType, error.IcmpCode));
        Assert.Equal(1, gateway.Dropped(DropReason.NoRoute));
    }

    [Fact]
    public void Counts_what_the_link_refuses()
    {
        PipelineOptions options = Gateway.Owned();
        using MemoryDevice inside = new("inside");
        using FaultInjectingDevice outside = new(
            new MemoryDevice("outside"), seed: 1, transmit: new FaultRates { Refuse = 1 });
        using FramePool pool = new(GatewayPipeline.PoolFrames);
        using Translation.Translator translator = new(Gateway.Translation(), new Random(1));
        using GatewayPipeline pipeline = new(options, translator, inside, outside, pool);
        inside.Inject(Packet.Udp(Net.Host, 4000, Net.Server, 53).Between(Net.HostMac, Net.InternalMac));
        PacketBatch batch = new(64, new DropLog());
        foreach (IStage stage in pipeline.Stages)
        {
            stage.Process(batch);
        }

        // The packet waits for the router's address, and the request for it is what the link refuses.
        Assert.Equal(1, batch.Dropped(DropReason.TransmitFailed));
        Assert.Equal(0, pipeline.ReadCounters().External.TransmittedFrames);
    }

    private static PipelineOptions WithExternalMtu(int mtu)
    {
        PipelineOptions owned = Gateway.Owned();
        return owned with { External = owned.External with { Mtu = mtu } };
    }
}
