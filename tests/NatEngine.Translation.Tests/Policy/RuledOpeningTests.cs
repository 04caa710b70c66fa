using System;
using System.Collections.Generic;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Rules;
using NatEngine.Translation.Policy;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests.Policy;

/// <summary>What rules do to the first packet of a session.</summary>
public sealed class RuledOpeningTests
{
    private const string Server = "198.51.100.7:80";
    private const string Client = "100.64.0.2:4000";
    private const string Masquerade = "-A POSTROUTING -o wan0 -j MASQUERADE";
    private const string Publish
        = "-A PREROUTING -i wan0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 100.64.0.9:80";


    [Fact]
    public void Masquerades_what_leaves_by_the_interface_of_the_rule()
    {
        using Gateway gateway = Ruled.Gateway(Masquerade, "");
        AssertLeaves(gateway.FromInside(Frames.Udp(Client, Server)), "203.0.113.1:4000", Server);
        AssertLeaves(gateway.FromOutside(Frames.Udp(Server, "203.0.113.1:4000")), Server, Client);
    }

    [Fact] // a router without NAT, as the kernel is one
    public void Leaves_alone_what_no_rule_translates()
    {
        using Gateway gateway = Ruled.Gateway("-A POSTROUTING -s 100.64.5.0/24 -o wan0 -j MASQUERADE", "");
        AssertLeaves(gateway.FromInside(Frames.Udp(Client, Server)), Client, Server);
        AssertLeaves(gateway.FromOutside(Frames.Udp(Server, Client)), Server, Client);
        AssertLeaves(
            gateway.FromOutside(Frames.Udp("198.51.100.8:99", "100.64.0.3:7")), "198.51.100.8:99", "100.64.0.3:7");
    }

    [Fact]
    public void Lets_the_first_translating_rule_decide()
    {
        using Gateway gateway = Ruled.Gateway(
            """
            -A POSTROUTING -d 198.51.100.0/25 -o wan0 -j ACCEPT
            -A POSTROUTING -o wan0 -j MASQUERADE
            """,
            "");
        AssertLeaves(gateway.FromInside(Frames.Udp(Client, Server)), Client, Server);
        AssertLeaves(
            gateway.FromInside(Frames.Udp(Client, "198.51.100.200:80")), "203.0.113.1:4000", "198.51.100.200:80");
    }

    [Fact]
    public void Gives_the_source_and_ports_that_a_rule_names_and_the_pools_own_to_the_others()
    {
        using Gateway gateway = Ruled.Gateway(
            """
            -A POSTROUTING -p udp -m udp --dport 53 -j SNAT --to-source 203.0.113.2:5000-5001
            -A POSTROUTING -o wan0 -j MASQUERADE
            """,
            "", "203.0.113.1", "203.0.113.2");
        Assert.Equal(
            new IPv4Prefix(IPv4Address.Parse("203.0.113.2"), 32).Network,
            gateway.FromInside(Frames.Udp(Client, "198.51.100.7:53")).Verdict.Rewrite.Source.Address);
        Outcome second = gateway.FromInside(Frames.Udp("100.64.0.3:4000", "198.51.100.7:53"));
        Assert.InRange(second.Verdict.Rewrite.Source.Port, 5000, 5001);
        Outcome third = gateway.FromInside(Frames.Udp("100.64.0.4:4000", "198.51.100.7:53"));
        Assert.Equal(DropReason.PortsExhausted, third.Verdict.Reason);
        Assert.Equal(VerdictKind.Forward, gateway.FromInside(Frames.Udp("100.64.0.4:4000", Server)).Verdict.Kind);
    }

    [Fact] // endpoint independence is of each rule
    public void Keeps_the_mappings_of_two_rules_apart()
    {
        using Gateway gateway = Ruled.Gateway(
            """
            -A POSTROUTING -p udp -m udp --dport 53 -j SNAT --to-source 203.0.113.2
            -A POSTROUTING -o wan0 -j SNAT --to-source 203.0.113.1
            """,
            "", "203.0.113.1", "203.0.113.2");
        AssertLeaves(gateway.FromInside(Frames.Udp(Client, "198.51.100.7:53")), "203.0.113.2:4000", "198.51.100.7:53");
        AssertLeaves(gateway.FromInside(Frames.Udp(Client, Server)), "203.0.113.1:4000", Server);
        AssertLeaves(gateway.FromInside(Frames.Udp(Client, "198.51.100.9:53")), "203.0.113.2:4000", "198.51.100.9:53");
        Assert.Equal(2, gateway.Translator.MappingCount);
    }

    [Fact]
    public void Publishes_a_server_inside()
    {
        using Gateway gateway = Ruled.Gateway(Publish + "\n" + Masquerade, "");
        AssertLeaves(
            gateway.FromOutside(Frames.Tcp("198.51.100.7:5555", "203.0.113.1:8080", TcpFlags.Syn)),
            "198.51.100.7:5555", "100.64.0.9:80");
        AssertLeaves(
            gateway.FromInside(Frames.Tcp("100.64.0.9:80", "198.51.100.7:5555", TcpFlags.Syn | TcpFlags.Ack)),
            "203.0.113.1:8080", "198.51.100.7:5555");
        Assert.Equal(
            DropReason.NoMapping,
            gateway.FromOutside(Frames.Tcp("198.51.100.7:5555", "203.0.113.1:8081", TcpFlags.Syn)).Verdict.Reason);
    }

    [Theory] // DNAT is done when FORWARD is asked, and says nothing about being allowed
    [InlineData("-A FORWARD -d 100.64.0.9/32 -p tcp -m tcp --dport 80 -j ACCEPT", DropReason.None)]
    [InlineData("-A FORWARD -m conntrack --ctstate DNAT -j ACCEPT", DropReason.None)]
    [InlineData("-A FORWARD -d 203.0.113.1/32 -p tcp -m tcp --dport 8080 -j ACCEPT", DropReason.RuleDropped)]
    [InlineData("-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT", DropReason.RuleDropped)]
    public void Asks_forward_about_the_new_destination(string rule, DropReason reason)
    {
        using Gateway gateway = Ruled.Gateway(Publish, ":FORWARD DROP [0:0]\n" + rule);
        Outcome outcome = gateway.FromOutside(Frames.Tcp("198.51.100.7:5555", "203.0.113.1:8080", TcpFlags.Syn));
        Assert.Equal(reason, outcome.Verdict.Reason);
        Assert.Equal(reason == DropReason.None ? 1 : 0, gateway.Translator.SessionCount);
    }

    [Fact]
    public void Shifts_ports_and_spreads_over_addresses()
    {
        using Gateway gateway = Ruled.Gateway(
            """
            -A PREROUTING -p udp -m udp --dport 9000:9009 -j DNAT --to-destination 100.64.0.9:7000-7009/9000
            -A PREROUTING -p udp -m udp --dport 53 -j DNAT --to-destination 100.64.0.20-100.64.0.23
            """,
            "");
        AssertLeaves(
            gateway.FromOutside(Frames.Udp("198.51.100.7:1", "203.0.113.1:9004")), "198.51.100.7:1", "100.64.0.9:7004");
        bool[] met = new bool[4];
        for (int host = 1; host <= 64; host++)
        {
            Outcome outcome = gateway.FromOutside(Frames.Udp($"198.51.100.{host}:1", "203.0.113.1:53"));
            Assert.Equal(53, outcome.Verdict.Rewrite.Destination.Port);
            met[outcome.Verdict.Rewrite.Destination.Address.Value - IPv4Address.Parse("100.64.0.20").Value] = true;
        }

        Assert.DoesNotContain(false, met);
    }

    [Fact]
    public void Maps_networks_one_to_one_both_ways()
    {
        using Gateway gateway = Ruled.Gateway(
            """
            -A PREROUTING -d 203.0.113.4/30 -i wan0 -j NETMAP --to 100.64.0.8/30
            -A POSTROUTING -s 100.64.0.8/30 -o wan0 -j NETMAP --to 203.0.113.4/30
            """,
            "", "203.0.113.4", "203.0.113.5", "203.0.113.6", "203.0.113.7");
        AssertLeaves(gateway.FromInside(Frames.Udp("100.64.0.10:44", Server)), "203.0.113.6:44", Server);
        AssertLeaves(
            gateway.FromOutside(Frames.Udp("198.51.100.7:1", "203.0.113.7:99")), "198.51.100.7:1", "100.64.0.11:99");
    }

    [Fact]
    public void Refuses_rules_that_cannot_be_had_here_and_says_which()
    {
        Assert.Null(Ruled.TryProgram(
            """
            -A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 3128
            -A POSTROUTING -o wan0 -j SNAT --to-source 203.0.113.77
            -A POSTROUTING -p tcp -j MASQUERADE --to-ports 80-90
            """,
            """
            -A FORWARD -m set --match-set nobody src -j DROP
            """,
            out IReadOnlyList<RuleRefusal> refusals,
            IPv4Address.Parse("203.0.113.1")));
        Assert.Collection(
            refusals,
            refusal => Assert.Contains("the gateway itself", refusal.Message, StringComparison.Ordinal),
            refusal => Assert.Contains("nobody", refusal.Message, StringComparison.Ordinal),
            refusal => Assert.Contains("203.0.113.77", refusal.Message, StringComparison.Ordinal),
            refusal => Assert.Contains("80-90", refusal.Message, StringComparison.Ordinal));
    }

    [Theory] // as REDIRECT, in other words
    [InlineData("100.64.0.1", false)]
    [InlineData("203.0.113.1:8080", false)]
    [InlineData("127.0.0.1:8080", false)]
    [InlineData("100.64.0.0-100.64.0.2", false)]
    [InlineData("100.64.0.2", true)]
    [InlineData(":8080", true)]
    public void Refuses_a_DNAT_that_leads_to_the_gateway_itself(string destination, bool isUsable)
    {
        RuleReading reading = RuleFile.Read(
            $"*nat\n-A PREROUTING -p tcp -j DNAT --to-destination {destination}\nCOMMIT\n", "rules");
        RuleSurroundings surroundings = new()
        {
            InternalInterface = "lan0",
            ExternalInterface = "wan0",
            ExternalAddresses = [IPv4Address.Parse("203.0.113.1")],
            OwnAddresses = [IPv4Address.Parse("100.64.0.1")],
            Ports = new PortRange(1024, 65535),
        };

        RuleProgram? program = RuleProgram.TryCompile(
            reading.Rules, surroundings, out IReadOnlyList<RuleRefusal> refusals);

        Assert.Equal(isUsable, program is not null);
        Assert.All(
            refusals, refusal => Assert.Contains("the gateway itself", refusal.Message, StringComparison.Ordinal));
    }

    private static void AssertLeaves(Outcome outcome, string source, string destination)
    {
        Assert.Equal(DropReason.None, outcome.Verdict.Reason);
        Assert.Equal(VerdictKind.Forward, outcome.Verdict.Kind);
        Assert.Equal(
            (Frames.At(source), Frames.At(destination)),
            (outcome.Verdict.Rewrite.Source, outcome.Verdict.Rewrite.Destination));
    }
}
