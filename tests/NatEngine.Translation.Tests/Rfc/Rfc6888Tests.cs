using NatEngine.Packets;
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
            UntranslatedDestinations = [new IPv4Prefix(IPv4Address.Parse("198.18.0.0"), 16)],
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
}
