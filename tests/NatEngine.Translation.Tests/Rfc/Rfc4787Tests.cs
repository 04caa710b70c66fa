using NatEngine.Packets;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests.Rfc;

/// <summary>RFC 4787, NAT behavioral requirements for unicast UDP, requirement by requirement.</summary>
public sealed class Rfc4787Tests
{
    private const string Inside = "100.64.0.2:4000";
    private const string Server = "198.51.100.7:53";
    private const string OtherServer = "198.51.100.8:5300";

    [Fact]
    public void Req1_mapping_is_endpoint_independent()
    {
        using Gateway gateway = new();
        Outcome first = gateway.FromInside(Frames.Udp(Inside, Server));
        Outcome second = gateway.FromInside(Frames.Udp(Inside, OtherServer));
        Assert.Equal(first.Source, second.Source);
        Assert.Equal(1, gateway.Translator.MappingCount);
        Assert.Equal(2, gateway.Translator.SessionCount);
    }

    [Fact] // "fake EIM": two hosts with one port, one of which has to change, towards two servers
    public void Req1_mapping_stays_endpoint_independent_when_ports_conflict()
    {
        using Gateway gateway = new();
        gateway.FromInside(Frames.Udp(Inside, Server)).MustLeave(Realm.External, "203.0.113.1:4000", Server);
        Outcome first = gateway.FromInside(Frames.Udp("100.64.0.3:4000", Server));
        Outcome second = gateway.FromInside(Frames.Udp("100.64.0.3:4000", OtherServer));
        Assert.NotEqual("203.0.113.1:4000", first.Source);
        Assert.Equal(first.Source, second.Source);
    }

    [Fact]
    public void Req2_pooling_is_paired()
    {
        using Gateway gateway = new(options => options with
        {
            ExternalAddresses =
            [
                IPv4Address.Parse("203.0.113.1"), IPv4Address.Parse("203.0.113.7"), IPv4Address.Parse("203.0.113.200"),
            ],
        });
        for (int host = 2; host < 50; host++)
        {
            IPv4Address shown = gateway.FromInside(Frames.Udp($"100.64.0.{host}:4000", Server)).Tuple.Source.Address;
            for (int port = 4001; port < 4010; port++)
            {
                Outcome other = gateway.FromInside(Frames.Udp($"100.64.0.{host}:{port}", Server));
                Assert.Equal(shown, other.Tuple.Source.Address);
            }

            Outcome ping = gateway.FromInside(Frames.EchoRequest($"100.64.0.{host}", "198.51.100.7", 9));
            Assert.Equal(shown, ping.Tuple.Source.Address);
        }
    }

    [Fact]
    public void Req3_no_two_internal_endpoints_share_an_external_port()
    {
        using Gateway gateway = new();
        System.Collections.Generic.HashSet<string> seen = [];
        for (int host = 1; host < 250; host++)
        {
            // Each to a server of its own: the kernel would let them share.
            Outcome outcome = gateway.FromInside(Frames.Udp($"100.64.0.{host}:4000", $"198.51.100.{host}:53"));
            Assert.True(seen.Add(outcome.Source), outcome.Source);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Req3a_well_known_ports_become_well_known_ones_and_others_never_do(bool random)
    {
        using Gateway gateway = new(options => options with
        {
            Ports = new PortRange(1020, 1030),
            Behavior = TranslationBehavior.Default with
            {
                PreserveRangeClass = true,
                Ports = random ? PortChoice.Random : PortChoice.Preserve,
            },
        });
        for (int host = 1; host <= 7; host++)
        {
            Outcome high = gateway.FromInside(Frames.Udp($"100.64.0.{host}:5000", Server));
            Assert.InRange(high.Tuple.Source.Port, 1024, 1030);
        }

        gateway.FromInside(Frames.Udp("100.64.0.8:5000", Server)).MustDrop(DropReason.PortsExhausted);
        for (int host = 1; host <= 4; host++)
        {
            Outcome low = gateway.FromInside(Frames.Udp($"100.64.0.{host}:500", Server));
            Assert.InRange(low.Tuple.Source.Port, 1020, 1023);
        }

        gateway.FromInside(Frames.Udp("100.64.0.5:500", Server)).MustDrop(DropReason.PortsExhausted);
    }

    [Fact]
    public void Req4_parity_is_preserved_when_the_port_is_not()
    {
        using Gateway gateway = new();
        for (int host = 1; host < 100; host++)
        {
            Outcome even = gateway.FromInside(Frames.Udp($"100.64.0.{host}:4000", Server));
            Outcome odd = gateway.FromInside(Frames.Udp($"100.64.0.{host}:4001", Server));
            Assert.Equal((0, 1), (even.Tuple.Source.Port % 2, odd.Tuple.Source.Port % 2));
        }
    }

    [Fact]
    public void Req5_unanswered_mapping_lives_two_minutes_to_the_millisecond()
    {
        using Gateway gateway = new();
        gateway.FromInside(Frames.Udp(Inside, Server));
        gateway.Wait(119.999);
        Assert.Equal(1, gateway.Translator.MappingCount);
        gateway.Wait(0.001);
        Assert.Equal(0, gateway.Translator.MappingCount);
        Assert.Equal(0, gateway.Translator.SessionCount);
    }

    [Fact]
    public void Req5c_answered_mapping_lives_five_minutes()
    {
        using Gateway gateway = new();
        gateway.FromInside(Frames.Udp(Inside, Server));
        gateway.FromOutside(Frames.Udp(Server, "203.0.113.1:4000"));
        gateway.Wait(299.999);
        gateway.FromOutside(Frames.Udp(Server, "203.0.113.1:4000")).MustLeave(Realm.Internal, Server, Inside);
        gateway.Wait(300);
        gateway.FromOutside(Frames.Udp(Server, "203.0.113.1:4000")).MustDrop(DropReason.NoMapping);
    }

    [Fact]
    public void Req6_outbound_packet_refreshes()
    {
        using Gateway gateway = new(options => options with { InboundRefresh = false });
        gateway.FromInside(Frames.Udp(Inside, Server));
        for (int minute = 0; minute < 10; minute++)
        {
            gateway.Wait(60);
            gateway.FromInside(Frames.Udp(Inside, Server));
        }

        gateway.Wait(119);
        gateway.FromOutside(Frames.Udp(Server, "203.0.113.1:4000")).MustLeave(Realm.Internal, Server, Inside);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Req6a_inbound_packet_refreshes_if_configured(bool refresh)
    {
        using Gateway gateway = new(options => options with { InboundRefresh = refresh });
        gateway.FromInside(Frames.Udp(Inside, Server));
        gateway.FromOutside(Frames.Udp(Server, "203.0.113.1:4000"));
        gateway.FromInside(Frames.Udp(Inside, Server));
        gateway.Wait(200);
        gateway.FromOutside(Frames.Udp(Server, "203.0.113.1:4000")).MustLeave(Realm.Internal, Server, Inside);
        gateway.Wait(200);
        Outcome late = gateway.FromOutside(Frames.Udp(Server, "203.0.113.1:4000"));
        Assert.Equal(refresh, late.Forwarded);
    }

    [Theory] // address-and-port-dependent filtering
    [InlineData("198.51.100.7:54")]
    [InlineData("198.51.100.8:53")]
    public void Req8_stranger_is_refused(string stranger)
    {
        using Gateway gateway = new();
        gateway.FromInside(Frames.Udp(Inside, Server));
        gateway.FromOutside(Frames.Udp(stranger, "203.0.113.1:4000")).MustDrop(DropReason.Filtered);
        gateway.FromOutside(Frames.Udp(Server, "203.0.113.1:4000")).MustLeave(Realm.Internal, Server, Inside);
        gateway.FromOutside(Frames.Udp(Server, "203.0.113.1:4001")).MustDrop(DropReason.NoMapping);
        gateway.FromOutside(Frames.Udp(Server, "203.0.113.2:4000")).MustDrop(DropReason.NotOurs);
    }

    [Fact]
    public void Req9a_hairpinned_packet_shows_the_external_source()
    {
        using Gateway gateway = new();
        gateway.FromInside(Frames.Udp("100.64.0.3:5000", Server));
        gateway.FromInside(Frames.Udp(Inside, "203.0.113.1:5000"))
            .MustLeave(Realm.Internal, "203.0.113.1:4000", "100.64.0.3:5000");
        gateway.FromInside(Frames.Udp("100.64.0.3:5000", "203.0.113.1:4000"))
            .MustLeave(Realm.Internal, "203.0.113.1:5000", Inside);
        Assert.Equal(2, gateway.Translator.SessionCount);
    }

    [Fact]
    public void Req9_host_can_send_to_its_own_external_endpoint()
    {
        using Gateway gateway = new();
        gateway.FromInside(Frames.Udp(Inside, Server));
        for (int count = 0; count < 3; count++)
        {
            gateway.FromInside(Frames.Udp(Inside, "203.0.113.1:4000"))
                .MustLeave(Realm.Internal, "203.0.113.1:4000", Inside);
        }

        Assert.Equal(2, gateway.Translator.SessionCount);
        gateway.Wait(120);
        Assert.Equal((0, 0), (gateway.Translator.SessionCount, gateway.Translator.MappingCount));
    }

    [Fact]
    public void Req9_hairpinned_session_keeps_both_mappings()
    {
        using Gateway gateway = new();
        gateway.FromInside(Frames.Udp("100.64.0.3:5000", Server));
        for (int minute = 0; minute < 10; minute++)
        {
            gateway.FromInside(Frames.Udp(Inside, "203.0.113.1:5000"));
            gateway.Wait(60);
        }

        Assert.Equal(2, gateway.Translator.MappingCount);
        gateway.Wait(300);
        Assert.Equal(0, gateway.Translator.MappingCount);
    }

    [Fact]
    public void Req12_icmp_error_ends_and_refreshes_nothing()
    {
        using Gateway gateway = new();
        Outcome sent = gateway.FromInside(Frames.Udp(Inside, Server));
        gateway.Wait(60);
        gateway.FromOutside(Frames.Error("198.51.100.7", "203.0.113.1", sent.Frame!))
            .MustLeave(Realm.Internal, Server, Inside);
        Assert.Equal(60, gateway.OnlySession().Remaining.TotalSeconds);
        Assert.Equal(0UL, gateway.OnlySession().ReplyPackets);
        gateway.Wait(60);
        Assert.Equal(0, gateway.Translator.SessionCount);
    }

    [Fact] // a router on the way, not the server
    public void Req12a_icmp_error_is_not_filtered_by_its_source()
    {
        using Gateway gateway = new();
        Outcome sent = gateway.FromInside(Frames.Udp(Inside, Server));
        gateway.FromOutside(Frames.Error("198.18.0.1", "203.0.113.1", sent.Frame!, 11, 0))
            .MustLeave(Realm.Internal, Server, Inside);
    }
}
