using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests.Rfc;

/// <summary>RFC 6888, common requirements for carrier-grade NATs, requirement by requirement.</summary>
public sealed class Rfc6888Tests
{
    private const string Server = "198.51.100.7:53";

    [Fact]
    public void Req3_external_addresses_need_not_be_neighbours()
    {
        using Gateway gateway = new(options => options with
        {
            ExternalAddresses = [IPv4Address.Parse("203.0.113.1"), IPv4Address.Parse("198.18.200.9")],
        });
        System.Collections.Generic.HashSet<IPv4Address> seen = [];
        for (int host = 1; host < 100; host++)
        {
            seen.Add(gateway.FromInside(Frames.Udp($"100.64.0.{host}:4000", Server)).Tuple.Source.Address);
        }

        Assert.Equal(2, seen.Count);
    }

    [Fact]
    public void Req6_some_destinations_are_reached_untranslated()
    {
        using Gateway gateway = new(options => options with
        {
            UntranslatedDestinations = [new(new IPv4Prefix(IPv4Address.Parse("198.18.0.0"), 16))],
        });
        gateway.FromInside(Frames.Udp("100.64.0.2:4000", "198.18.1.1:53"))
            .MustLeave(Realm.External, "100.64.0.2:4000", "198.18.1.1:53");
        gateway.FromOutside(Frames.Udp("198.18.1.1:53", "100.64.0.2:4000"))
            .MustLeave(Realm.Internal, "198.18.1.1:53", "100.64.0.2:4000");
        gateway.FromOutside(Frames.Udp("198.18.1.1:54", "100.64.0.2:4000")).MustDrop(DropReason.NotOurs);
        Assert.Equal(0, gateway.Translator.MappingCount);
        gateway.FromInside(Frames.Udp("100.64.0.2:4000", Server))
            .MustLeave(Realm.External, "203.0.113.1:4000", Server);
    }

    [Fact]
    public void Req6_a_destination_can_be_one_protocol_and_some_ports()
    {
        IPv4Prefix servers = new(IPv4Address.Parse("198.18.0.0"), 16);
        using Gateway gateway = new(options => options with
        {
            UntranslatedDestinations =
            [
                new(servers, IpProtocol.Udp, new PortRange(53, 54)),
                new(servers, IpProtocol.Icmp),
            ],
        });
        const string Host = "100.64.0.2:4000";
        gateway.FromInside(Frames.Udp(Host, "198.18.1.1:54")).MustLeave(Realm.External, Host, "198.18.1.1:54");
        gateway.FromInside(Frames.Udp(Host, "198.18.1.1:55"))
            .MustLeave(Realm.External, "203.0.113.1:4000", "198.18.1.1:55");
        gateway.FromInside(Frames.Tcp(Host, "198.18.1.1:53", TcpFlags.Syn))
            .MustLeave(Realm.External, "203.0.113.1:4000", "198.18.1.1:53");
        gateway.FromInside(Frames.EchoRequest("100.64.0.2", "198.18.1.1", 4))
            .MustLeave(Realm.External, "100.64.0.2:4", "198.18.1.1:2048");
    }

    [Fact]
    public void Req11_nothing_existing_is_ended_to_make_room()
    {
        using Gateway gateway = new(options => options with
        {
            MaxSessions = 10,
            Ports = new PortRange(5000, 5004),
        });
        for (int host = 1; host <= 50; host++)
        {
            gateway.FromInside(Frames.Udp($"100.64.0.{host}:4000", Server));
        }

        Assert.Equal((5, 5), (gateway.Translator.SessionCount, gateway.Translator.MappingCount));
        for (int host = 1; host <= 5; host++)
        {
            Assert.True(gateway.FromInside(Frames.Udp($"100.64.0.{host}:4000", Server)).Forwarded);
        }
    }

    [Fact]
    public void Req4_subscriber_has_no_more_ports_than_allowed()
    {
        using Gateway gateway = Limited(new SubscriberLimits { Ports = 3 });
        for (int port = 1; port <= 3; port++)
        {
            Assert.True(gateway.FromInside(Frames.Udp($"100.64.0.2:{port}", Server)).Forwarded);
        }

        gateway.FromInside(Frames.Udp("100.64.0.2:4", Server)).MustDrop(DropReason.SubscriberQuota);
        Assert.True(gateway.FromInside(Frames.Udp("100.64.0.2:3", "198.51.100.8:53")).Forwarded);
        Assert.True(gateway.FromInside(Frames.Udp("100.64.0.3:4", Server)).Forwarded);
        gateway.Wait(120);
        Assert.True(gateway.FromInside(Frames.Udp("100.64.0.2:4", Server)).Forwarded);
    }

    [Fact]
    public void Req4B_subscriber_opens_no_faster_than_allowed()
    {
        using Gateway gateway = Limited(new SubscriberLimits { NewSessionsPerSecond = 10 });
        Assert.Equal(10, Attempts(gateway, 30)); // a second's worth at once
        Assert.Equal(0, Attempts(gateway, 30));
        gateway.Wait(0.5);
        Assert.Equal(5, Attempts(gateway, 30));
        gateway.Wait(3600);
        Assert.Equal(10, Attempts(gateway, 30));

        static int Attempts(Gateway gateway, int count)
        {
            int opened = 0;
            for (int number = 0; number < count; number++)
            {
                string remote = $"198.51.100.7:{1 + gateway.Translator.Counters.SessionsCreated}";
                Outcome outcome = gateway.FromInside(Frames.Udp("100.64.0.2:4000", remote));
                Assert.True(outcome.Forwarded || outcome.Reason == DropReason.SubscriberQuota);
                opened += outcome.Forwarded ? 1 : 0;
            }

            return opened;
        }
    }

    [Fact]
    public void Req5_subscriber_has_no_more_sessions_than_allowed_whoever_opens_them()
    {
        using Gateway gateway = new(options => options with
        {
            Subscribers = new SubscriberLimits { Sessions = 2 },
            Published = [new PublishedService(IpProtocol.Udp, 53, Frames.At("100.64.0.2:53"))],
        });
        Assert.True(gateway.FromInside(Frames.Udp("100.64.0.2:4000", Server)).Forwarded);
        Assert.True(gateway.FromOutside(Frames.Udp("198.51.100.9:1", "203.0.113.1:53")).Forwarded);
        gateway.FromOutside(Frames.Udp("198.51.100.9:2", "203.0.113.1:53")).MustDrop(DropReason.SubscriberQuota);
        gateway.FromInside(Frames.Udp("100.64.0.2:4001", Server)).MustDrop(DropReason.SubscriberQuota);
        Assert.Equal((2, 2), (gateway.Translator.SessionCount, gateway.Translator.MappingCount));
        Assert.True(gateway.FromInside(Frames.Udp("100.64.0.3:4001", Server)).Forwarded);
    }

    [Fact]
    public void Req8_freed_port_is_left_alone_for_two_minutes()
    {
        using Gateway gateway = Quarantining(new PortRange(5000, 5001), 100);
        Assert.True(gateway.FromInside(Frames.Udp("100.64.0.2:1", Server)).Forwarded);
        Assert.True(gateway.FromInside(Frames.Udp("100.64.0.2:2", Server)).Forwarded);
        gateway.Wait(120);
        Assert.Equal(0, gateway.Translator.MappingCount);
        gateway.FromInside(Frames.Udp("100.64.0.2:1", Server)).MustDrop(DropReason.PortsExhausted);
        gateway.Wait(119.999);
        gateway.FromInside(Frames.Udp("100.64.0.2:1", Server)).MustDrop(DropReason.PortsExhausted);
        gateway.Wait(0.001, collect: false);
        Assert.True(gateway.FromInside(Frames.Udp("100.64.0.2:1", Server)).Forwarded);
        Assert.True(gateway.FromInside(Frames.Udp("100.64.0.2:2", Server)).Forwarded);
    }

    [Fact] // the exception: connections that were followed to their end
    public void Req8_freed_port_of_a_connection_is_free_at_once()
    {
        using Gateway gateway = Quarantining(new PortRange(5000, 5000), 100);
        const NatEngine.Packets.Headers.TcpFlags Syn = NatEngine.Packets.Headers.TcpFlags.Syn;
        Assert.True(gateway.FromInside(Frames.Tcp("100.64.0.2:1", Server, Syn)).Forwarded);
        gateway.Wait(240);
        Assert.True(gateway.FromInside(Frames.Tcp("100.64.0.3:1", Server, Syn)).Forwarded);
    }

    [Fact]
    public void Req8_quarantine_is_bounded()
    {
        using Gateway gateway = Quarantining(new PortRange(5000, 5003), 2);
        for (int port = 1; port <= 4; port++)
        {
            Assert.True(gateway.FromInside(Frames.Udp($"100.64.0.2:{port}", Server)).Forwarded);
        }

        gateway.Wait(120);
        for (int port = 1; port <= 4; port++)
        {
            Assert.Equal(port <= 2, gateway.FromInside(Frames.Udp($"100.64.0.2:{port}", Server)).Forwarded);
        }
    }

    private static Gateway Limited(SubscriberLimits limits) => new(options => options with { Subscribers = limits });

    private static Gateway Quarantining(PortRange ports, int most) => new(options => options with
    {
        Ports = ports,
        Behavior = TranslationBehavior.Cgn with { MaxQuarantined = most },
    });
}
