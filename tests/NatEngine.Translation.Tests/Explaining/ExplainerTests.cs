using System.Linq;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Rules.Matches;
using NatEngine.Translation.Explaining;
using NatEngine.Translation.Tests.Policy;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests.Explaining;

/// <summary>What is said of single packets, and why.</summary>
public sealed class ExplainerTests
{
    private const string Server = "198.51.100.7:443";

    [Fact]
    public void A_port_that_is_free_is_preserved()
    {
        using Gateway gateway = new();

        Explanation said = Said(gateway, IpProtocol.Tcp, "100.64.0.5:40000", Server);

        Assert.Equal((VerdictKind.Forward, Realm.External), (said.Verdict, said.Egress));
        Assert.Equal("Tcp 203.0.113.1:40000 -> 198.51.100.7:443", said.Leaving.ToString());
        Assert.Equal((PortOrigin.Preserved, 64_512), (said.Port!.Origin, said.Port.Free));
        Assert.Equal(new PortRange(1024, 65535), said.Port.Within);
    }

    [Fact]
    public void A_port_that_is_taken_is_drawn_among_those_left()
    {
        using Gateway gateway = new();
        gateway.FromInside(Frames.Udp("100.64.0.4:40000", Server));

        Explanation said = Said(gateway, IpProtocol.Udp, "100.64.0.5:40000", Server);

        Assert.Equal((PortOrigin.Drawn, 64_511, true), (said.Port!.Origin, said.Port.Free, said.Port.KeepsParity));
        Assert.True(said.IsCertain); // whatever port it is
    }

    [Fact]
    public void The_next_port_is_known_beforehand()
    {
        using Gateway gateway = new(options => options with
        {
            Behavior = TranslationBehavior.Default with { Ports = PortChoice.Sequential, PreserveParity = false },
        });
        Outcome first = gateway.FromInside(Frames.Udp("100.64.0.4:40000", Server));

        Explanation said = Said(gateway, IpProtocol.Udp, "100.64.0.5:40000", Server);

        Assert.Equal(PortOrigin.Next, said.Port!.Origin);
        Assert.Equal(first.Tuple.Source.Port + 1, said.Port.External.Port);
    }

    [Fact]
    public void A_second_session_of_an_internal_end_has_its_mapping()
    {
        using Gateway gateway = new();
        gateway.FromInside(Frames.Udp("100.64.0.4:40000", Server));

        Explanation said = Said(gateway, IpProtocol.Udp, "100.64.0.4:40000", "198.51.100.8:53");

        Assert.Null(said.Session);
        Assert.Equal((PortOrigin.Mapping, "203.0.113.1:40000"), (said.Port!.Origin, said.Port.External.ToString()));
    }

    [Fact]
    public void A_stranger_is_told_from_a_mapping_by_its_filtering()
    {
        using Gateway gateway = new();
        gateway.FromInside(Frames.Udp("100.64.0.4:40000", Server));

        Explanation said = Said(gateway, IpProtocol.Udp, "198.51.100.9:5", "203.0.113.1:40000", Realm.External);

        Assert.Equal((VerdictKind.Drop, DropReason.Filtered), (said.Verdict, said.Reason));
        Assert.Equal("100.64.0.4:40000", said.Mapping!.Internal.ToString());
        Assert.Equal(FilteringBehavior.AddressAndPortDependent, said.Mapping.Filtering);
    }

    [Fact]
    public void A_session_that_there_is_says_what_it_is()
    {
        using Gateway gateway = new();
        gateway.FromInside(Frames.Tcp("100.64.0.4:40000", Server, TcpFlags.Syn));
        gateway.FromOutside(Frames.Tcp(Server, "203.0.113.1:40000", TcpFlags.Syn | TcpFlags.Ack));

        Explanation said = Said(gateway, IpProtocol.Tcp, Server, "203.0.113.1:40000", Realm.External);

        Assert.Equal(TcpState.SynReceived, said.Session!.Value.State);
        Assert.Equal((VerdictKind.Forward, TupleDirection.Reply), (said.Verdict, said.Direction));
        Assert.Equal("Tcp 198.51.100.7:443 -> 100.64.0.4:40000", said.Leaving.ToString());
        Assert.Equal(gateway.OnlySession(), said.Session);
    }

    [Fact]
    public void A_quota_that_is_used_up_is_shown()
    {
        using Gateway gateway = new(options => options with { Subscribers = new SubscriberLimits { Sessions = 1 } });
        gateway.FromInside(Frames.Udp("100.64.0.4:40000", Server));

        Explanation said = Said(gateway, IpProtocol.Udp, "100.64.0.4:40001", Server);

        Assert.Equal(DropReason.SubscriberQuota, said.Reason);
        Assert.Equal((1u, 1), (said.Subscriber!.Sessions, said.Subscriber.Limits.Sessions));
    }

    [Fact]
    public void A_block_would_be_the_hosts()
    {
        using Gateway gateway = new(options => options with
        {
            Ports = new PortRange(5000, 5039),
            Behavior = TranslationBehavior.Default with { Ports = PortChoice.Random },
            Blocks = new PortBlockOptions { Size = 10, MaxPerSubscriber = 2 },
        });

        Explanation first = Said(gateway, IpProtocol.Udp, "100.64.0.4:40000", Server);
        gateway.FromInside(Frames.Udp("100.64.0.4:40001", Server));
        Explanation second = Said(gateway, IpProtocol.Udp, "100.64.0.4:40000", Server);

        Assert.Equal((true, true, 10), (first.Port!.IsOfBlock, first.Port.IsNewBlock, first.Port.Free));
        Assert.Equal((true, false, 9), (second.Port!.IsOfBlock, second.Port.IsNewBlock, second.Port.Free));
    }

    [Fact]
    public void Rules_are_named_in_the_order_in_which_they_are_asked()
    {
        using Gateway gateway = Ruled.Gateway(
            "-A PREROUTING -i wan0 -p tcp -m tcp --dport 80 -j DNAT --to-destination 100.64.0.9\n"
            + "-A POSTROUTING -o wan0 -j MASQUERADE",
            ":FORWARD DROP [0:0]\n:LAN - [0:0]\n-A FORWARD -s 100.64.0.0/24 -j LAN\n-A FORWARD -j ACCEPT\n"
            + "-A LAN -p udp -j DROP");

        Explanation said = Said(gateway, IpProtocol.Tcp, "100.64.0.5:40000", Server);

        Assert.Equal(
            [
                "nat PREROUTING no", "nat PREROUTING end", "filter FORWARD yes", "filter LAN no", "filter LAN end",
                "filter FORWARD yes", "nat POSTROUTING yes",
            ],
            said.ReadRules().SelectMany(hook => hook.Rules).Select(rule =>
                $"{rule.Location.Table} {rule.Location.Chain.Name} "
                + (rule.Location.Rule is null ? "end" : rule.Fits ? "yes" : "no")));
        Assert.Equal((VerdictKind.Forward, PortOrigin.Preserved), (said.Verdict, said.Port!.Origin));
    }

    [Theory] // the first condition that does not fit, and of one with several parts the part
    [InlineData("-s 100.64.1.0/24 -p udp -j DROP", "-s 100.64.1.0/24")]
    [InlineData("! -i lan0 -j DROP", "! -i lan0")]
    [InlineData("-p udp -m udp --dport 443 -j DROP", "-p udp")]
    [InlineData("-p tcp -m tcp --sport 40000 --dport 80 -j DROP", "-m tcp --dport 80")]
    [InlineData("-p tcp -m tcp --dport 443 --tcp-flags SYN,ACK ACK -j DROP", "-m tcp --tcp-flags SYN,ACK ACK")]
    [InlineData("-p tcp -m multiport --dports 80,8080 -j DROP", "-m multiport --dports 80,8080")]
    [InlineData("-m state --state ESTABLISHED -j DROP", "-m state --state ESTABLISHED")]
    [InlineData("-m conntrack --ctstate NEW --ctorigsrc 100.64.0.6 -j DROP", "-m conntrack --ctorigsrc 100.64.0.6")]
    [InlineData("-m iprange --src-range 100.64.0.5-100.64.0.5 --dst-range 198.51.100.8-198.51.100.9 -j DROP",
        "-m iprange --dst-range 198.51.100.8-198.51.100.9")]
    [InlineData("-m length --length 500:600 -j DROP", "-m length --length 500:600")]
    [InlineData("-m mark --mark 0x7 -j DROP", "-m mark --mark 0x7")]
    [InlineData("-m statistic --mode nth --every 2 --packet 1 -j DROP", "-m statistic --mode nth --every 2 --packet 1")]
    [InlineData("-m comment --comment why -m ttl --ttl-lt 9 -j DROP", "-m ttl --ttl-lt 9")]
    public void A_rule_that_does_not_apply_is_said_why(string rule, string expected)
    {
        using Gateway gateway = Ruled.Gateway("", $"-A FORWARD {rule}");

        Explanation said = Said(gateway, IpProtocol.Tcp, "100.64.0.5:40000", Server);

        ExplainedRule asked = said.ReadRules().Single(hook => hook.Chain == "FORWARD").Rules[0];
        Assert.Equal(expected, TextOf(asked));
    }

    [Fact]
    public void A_mark_is_that_which_the_rule_before_has_made()
    {
        using Gateway gateway = Ruled.Gateway(
            "", "-A FORWARD -j MARK --set-xmark 0x5/0xffffffff\n-A FORWARD -m mark --mark 0x6 -j DROP");

        Explanation said = Said(gateway, IpProtocol.Tcp, "100.64.0.5:40000", Server);

        ExplainedHook forward = said.ReadRules().Single(hook => hook.Chain == "FORWARD");
        Assert.Equal([0u, 5u, 5u], forward.Rules.Select(rule => rule.Packet.Mark));
        Assert.IsType<MarkMatch>(forward.Rules[1].Misfit);
    }

    [Fact]
    public void Where_a_rule_leaves_it_to_chance_nothing_is_certain()
    {
        using Gateway gateway = Ruled.Gateway(
            "", "-A FORWARD -m statistic --mode random --probability 0.5 -j DROP");

        Assert.False(Said(gateway, IpProtocol.Tcp, "100.64.0.5:40000", Server).IsCertain);
    }

    [Fact]
    public void What_has_no_ports_yet_waits_for_its_first_fragment()
    {
        using Gateway gateway = new();
        byte[] frame = Frames.AsFragment(Frames.Udp("100.64.0.5:40000", Server, payload: 64), 24, more: false);
        Assert.Equal(DropReason.None, PacketParser.Parse(frame, out PacketFacts facts));

        Assert.Equal(
            VerdictKind.Wait, gateway.Translator.Explainer.Explain(facts, Realm.Internal, gateway.Now).Verdict);
    }

    private static string TextOf(ExplainedRule asked)
    {
        System.Text.StringBuilder text = new();
        asked.Misfit!.AppendTo(text);
        return text.ToString().Trim();
    }

    private static Explanation Said(
        Gateway gateway, IpProtocol protocol, string source, string destination, Realm ingress = Realm.Internal)
        => gateway.Translator.Explainer.Explain(
            new FlowTuple(Frames.At(source), Frames.At(destination), protocol), ingress, gateway.Now);
}
