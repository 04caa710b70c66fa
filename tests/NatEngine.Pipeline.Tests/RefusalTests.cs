using System;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Tests;

/// <summary>A host inside is told when the gateway has nothing left for it (RFC 5508 REQ-8).</summary>
public class RefusalTests
{
    private static readonly TranslationOptions OnePort = Gateway.Translation() with
    {
        Ports = new PortRange(4000, 4000),
    };

    public static TheoryData<string, DropReason> Limits() => new()
    {
        { "ports", DropReason.PortsExhausted },
        { "sessions", DropReason.SessionTableFull },
        { "mappings", DropReason.MappingTableFull },
        { "quota", DropReason.SubscriberQuota },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void Rfc5508_Req8_says_prohibited_when_nothing_is_left(string limit, DropReason reason)
    {
        using Gateway gateway = Gateway.Acquainted(translation: LimitedBy(limit));
        gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, 53));
        byte[] refused = Packet.Udp(Net.Host, 4001, Net.Server, 53);
        gateway.FromHost(refused);
        gateway.Run();

        Assert.Single(gateway.TakeOutside());
        Assert.Equal(1, gateway.Dropped(reason));
        Sent error = Assert.Single(gateway.TakeInside());
        Assert.Equal((Net.Inside, Net.Host, Net.HostMac), (error.Source, error.Destination, error.Station));
        Assert.Equal((3, 13), (error.IcmpType, error.IcmpCode));
        Assert.Equal(refused.AsSpan(14), error.Embedded);
    }

    [Fact]
    public void Says_so_a_limited_number_of_times()
    {
        using Gateway gateway = Gateway.Acquainted(translation: OnePort);
        gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, 53));
        for (ushort port = 1; port <= 200; port++)
        {
            gateway.FromHost(Packet.Udp(Net.Host, port, Net.Server, 53));
        }

        gateway.Run();
        Assert.Equal(200, gateway.Dropped(DropReason.PortsExhausted));
        Assert.Equal(50, gateway.TakeInside().Count);
    }

    [Fact]
    public void Tells_nobody_outside()
    {
        TranslationOptions full = LimitedBy("sessions") with
        {
            Published = [new PublishedService(IpProtocol.Tcp, 80, new TransportAddress(Net.Host, 80))],
        };
        using Gateway gateway = Gateway.Acquainted(translation: full);
        gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, 53));
        gateway.Run();
        gateway.TakeOutside();
        gateway.FromRouter(Packet.Tcp(Net.Server, 5000, Net.Outside, 80, flags: 0x02));
        gateway.Run();
        Assert.Equal(1, gateway.Dropped(DropReason.SessionTableFull));
        Assert.Empty(gateway.TakeOutside());
    }

    [Fact]
    public void Says_nothing_about_what_comes_after_the_first_fragment()
    {
        using Gateway gateway = Gateway.Acquainted(translation: OnePort);
        gateway.FromHost(Packet.Udp(Net.Host, 4000, Net.Server, 53));
        foreach (byte[] piece in Pieces.Cut(Packet.Udp(Net.Host, 4001, Net.Server, 53, 4000), 1480, 7))
        {
            gateway.FromHost(piece);
        }

        gateway.Run();
        Assert.Equal(3, gateway.Dropped(DropReason.PortsExhausted));
        Assert.Single(gateway.TakeInside());
    }

    private static TranslationOptions LimitedBy(string limit) => limit switch
    {
        "ports" => OnePort,
        "sessions" => Gateway.Translation() with { MaxSessions = 1 },
        "mappings" => Gateway.Translation() with { MaxMappings = 1 },
        "quota" => Gateway.Translation() with { Subscribers = new SubscriberLimits { Sessions = 1 } },
        _ => throw new ArgumentOutOfRangeException(nameof(limit)),
    };
}
