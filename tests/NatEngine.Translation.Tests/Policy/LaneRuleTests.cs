using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;
using NatEngine.Rules;
using NatEngine.Translation.Policy;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests.Policy;

/// <summary>What several lanes can do by rules, and what they refuse.</summary>
public class LaneRuleTests
{
    private const string Mine = "-d 203.0.113.1/32";

    private static readonly LaneDivision Division = new(2);
    private static readonly IPv4Address External = IPv4Address.Parse("203.0.113.1");
    private static readonly IPv4Address Second = IPv4Address.Parse("203.0.113.2");

    // 100.64.0.5 and .6 are of different lanes, .5 and .7 of one.
    [Fact]
    public void The_hosts_of_these_tests_are_of_the_lanes_that_they_are_said_to_be()
    {
        Assert.NotEqual(LaneOf("100.64.0.5"), LaneOf("100.64.0.6"));
        Assert.Equal(LaneOf("100.64.0.5"), LaneOf("100.64.0.8"));
    }

    [Theory]
    [InlineData("", "-A FORWARD -m limit --limit 5/sec -j ACCEPT", "limit is a rate of all packets", "--limit")]
    [InlineData("", "-A FORWARD -m connlimit --connlimit-above 3 -j DROP", "connlimit counts the", "connlimit")]
    [InlineData("", "-A FORWARD -m statistic --mode nth --every 3 --packet 0 -j DROP", "nth counts the packets", "")]
    [InlineData("-A POSTROUTING -o wan0 -j NETMAP --to 203.0.113.0/30", "", "NETMAP leaves ports", "NETMAP")]
    [InlineData("-A PREROUTING -i wan0 -j NETMAP --to 100.64.0.0/30", "", "NETMAP leaves ports", "NETMAP")]
    [InlineData("-A POSTROUTING -o wan0 -p tcp -j MASQUERADE --to-ports 2048-2100", "",
        "ports 2048-2100 are of 1 of 2 lanes", "MASQUERADE")]
    [InlineData("-A PREROUTING -i wan0 -p tcp --dport 80 -j DNAT --to-destination 100.64.0.5-100.64.0.6", "",
        "name one host", "DNAT")]
    [InlineData("-A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 100.64.0.5", "", "must say -i wan0", "DNAT")]
    [InlineData($"-A PREROUTING {Mine} -j DNAT --to-destination 100.64.0.5", "", "-p tcp or -p udp and", "DNAT")]
    [InlineData($"-A PREROUTING {Mine} -p tcp -j DNAT --to-destination 100.64.0.5", "",
        "-p tcp or -p udp and --dport", "DNAT")]
    [InlineData("-A PREROUTING -i wan0 -p tcp --dport 80 -s 198.51.100.7 -j DNAT --to-destination 100.64.0.5\n"
        + "-A PREROUTING -i wan0 -p tcp --dport 80 -j DNAT --to-destination 100.64.0.6", "",
        "tcp 203.0.113.1:80 goes to 100.64.0.5, too, of another lane", "DNAT")]
    [InlineData($"-A PREROUTING {Mine} -p tcp --dport 4000:65535 -j DNAT --to-destination 100.64.0.5\n"
        + $"-A PREROUTING {Mine} -p tcp --dport 1024:3999 -j DNAT --to-destination 100.64.0.5", "",
        "leaves lane 0 of 2 no port", "DNAT")]
    [InlineData("-A PREROUTING -i wan0 -p udp --dport 53 -j DNAT --to-destination 100.64.0.6", "",
        "udp 203.0.113.1:53 goes to 100.64.0.5, too", "DNAT")]
    public void What_lanes_would_do_wrong_is_refused_with_its_reason(
        string nat, string filter, string reason, string word)
    {
        IReadOnlyList<RuleRefusal> refusals = RefusalsOf(nat, filter);

        RuleRefusal refusal = Assert.Single(refusals);
        Assert.Contains(reason, refusal.Message, System.StringComparison.Ordinal);
        Assert.Contains(word, $"{refusal.Match?.ToString() ?? refusal.Rule.Target?.Name} {refusal.Rule}",
            System.StringComparison.Ordinal);
        Assert.Equal(reason.Contains("count", System.StringComparison.Ordinal)
            || reason.Contains("rate", System.StringComparison.Ordinal), refusal.Match is not null);
        Assert.NotNull(Ruled.TryProgram(nat, filter, out _, External, Second, IPv4Address.Parse("203.0.113.0"),
            IPv4Address.Parse("203.0.113.3"))); // with one lane it is
    }

    [Theory]
    [InlineData("-A POSTROUTING -o wan0 -j MASQUERADE")]
    [InlineData("-A POSTROUTING -o wan0 -j SNAT --to-source 203.0.113.1-203.0.113.2 --persistent")]
    [InlineData("-A POSTROUTING -o wan0 -p udp -j MASQUERADE --to-ports 2048-2175")]
    [InlineData("-A PREROUTING -i lan0 -p udp --dport 53 -j DNAT --to-destination 198.51.100.53")]
    [InlineData("-A PREROUTING -p udp -j DNAT --to-destination 198.51.100.53")]
    [InlineData("-A PREROUTING -p tcp --dport 80 -j DNAT --to-destination :8080")]
    [InlineData("-A PREROUTING -i wan0 -p tcp --dport 80 -j DNAT --to-destination 100.64.0.5:8080-8090")]
    [InlineData("-A PREROUTING -i wan0 -p tcp -m multiport --dports 80,443,8080 -j DNAT --to-destination 100.64.0.6")]
    [InlineData("-A PREROUTING -i wan0 -p tcp --dport 80 -s 198.51.100.7 -j DNAT --to-destination 100.64.0.5\n"
        + "-A PREROUTING -i wan0 -p tcp --dport 80 -j DNAT --to-destination 100.64.0.8")]
    [InlineData(":published - [0:0]\n-A PREROUTING -i wan0 -p tcp -j published\n"
        + "-A published -p tcp --dport 80 -j DNAT --to-destination 100.64.0.5")]
    public void What_lanes_can_do_is_done(string nat) => Assert.Empty(RefusalsOf(
        nat,
        "-A FORWARD -m limit --limit 1/min -j LOG\n"
            + "-A FORWARD -m statistic --mode random --probability 0.5 -j DROP"));

    [Fact]
    public void A_service_is_known_by_protocol_address_port_and_side()
    {
        RuledServices services = ProgramOf(
            "-A PREROUTING -i wan0 -p tcp --dport 80 -j DNAT --to-destination 100.64.0.5\n"
            + "-A PREROUTING -d 203.0.113.2 -p udp --dport 5060:5061 -j DNAT --to-destination 100.64.0.6", Terms())!
            .Services;

        Assert.Equal("100.64.0.5", HostOf(services, Realm.External, IpProtocol.Tcp, External, 80));
        Assert.Equal("100.64.0.5", HostOf(services, Realm.External, IpProtocol.Tcp, Second, 80));
        Assert.Null(HostOf(services, Realm.Internal, IpProtocol.Tcp, External, 80));
        Assert.Null(HostOf(services, Realm.External, IpProtocol.Udp, External, 80));
        Assert.Equal("100.64.0.6", HostOf(services, Realm.External, IpProtocol.Udp, Second, 5061));
        Assert.Equal("100.64.0.6", HostOf(services, Realm.Internal, IpProtocol.Udp, Second, 5060));
        Assert.Null(HostOf(services, Realm.External, IpProtocol.Udp, External, 5060));
        Assert.Equal([80, 5060, 5061], services.Ports.Order().Select(port => (int)port));
        Assert.False(services.IsSameAs(RuledServices.None));
        Assert.True(services.HasFromInside(Second) && !services.HasFromInside(External));
    }

    [Fact]
    public void A_port_that_sessions_may_have_is_not_taken_from_them_while_they_do()
    {
        const string Rule = "-A PREROUTING -i wan0 -p tcp --dport 8080 -j DNAT --to-destination 100.64.0.5";

        Assert.NotNull(ProgramOf(Rule, Terms()));
        Assert.Null(ProgramOf(Rule, Terms() with { MayTakePorts = false }, out IReadOnlyList<RuleRefusal> refusals));
        Assert.StartsWith(
            "tcp 203.0.113.1:8080 is among the ports that lanes give", Assert.Single(refusals).Message,
            System.StringComparison.Ordinal);
        Assert.NotNull(ProgramOf(
            Rule, Terms() with { MayTakePorts = false, GivenPorts = [[new PortRange(1024, 8000)]] }));
    }

    [Fact]
    public void Twins_count_each_for_itself_and_together_what_was_counted()
    {
        RuleProgram first = ProgramOf("[5:300] -A POSTROUTING -o wan0 -j MASQUERADE", Terms())!;
        RuleProgram second = first.Twin();
        using Gateway one = new(options => options with { Rules = first });
        using Gateway other = new(options => options with { Rules = second });
        one.Translator.Translate([PacketFacts.OfOpening(Outbound(4000))], Realm.Internal, default, new Verdict[1]);
        other.Translator.Translate([PacketFacts.OfOpening(Outbound(4001))], Realm.Internal, default, new Verdict[1]);
        RuleTally[] known = [first.Tally(), second.Tally()];

        RuleProgram next = ProgramOf($"[7:0] -A POSTROUTING -o wan0 -j MASQUERADE", Terms())!;
        RuleProgram nextTwin = next.Twin();
        other.Translator.Translate([PacketFacts.OfOpening(Outbound(4002))], Realm.Internal, default, new Verdict[1]);
        new RuleSuccession(first, known[0], next).Complete();
        new RuleSuccession(second, known[1], nextTwin).Complete();

        Assert.Equal(7u, PacketsOf(first.Counted(RuleTally.Sum(known))));
        Assert.Equal(0u, PacketsOf(first.Twin().Counted()));
        Assert.Equal(8u, PacketsOf(next.Counted(RuleTally.Sum([next.Tally(), nextTwin.Tally()]))));
    }

    [Fact]
    public void A_session_whose_answers_would_come_to_another_lane_is_refused()
    {
        List<(FlowTuple Reply, Realm Ingress)> asked = [];
        using Gateway gateway = new(options => Ruled.With(options, "", "") with
        {
            IsOwn = (reply, ingress) =>
            {
                asked.Add((reply, ingress));
                return false;
            },
        });
        Verdict[] verdicts = new Verdict[1];

        gateway.Translator.Translate([PacketFacts.OfOpening(Outbound(4000))], Realm.Internal, default, verdicts);

        Assert.Equal((VerdictKind.Drop, DropReason.AnswersElsewhere), (verdicts[0].Kind, verdicts[0].Reason));
        Assert.Equal([(Outbound(4000).Reply(), Realm.External)], asked);
        Assert.Equal(0, gateway.Translator.SessionCount);
    }

    private static ulong PacketsOf(RuleSet rules) => rules.Nat.Find("POSTROUTING")!.Rules[0].Counters.Packets;

    private static FlowTuple Outbound(ushort port) => new(
        new TransportAddress(IPv4Address.Parse("100.64.0.5"), port),
        new TransportAddress(IPv4Address.Parse("198.51.100.7"), 53),
        IpProtocol.Udp);

    private static string? HostOf(
        RuledServices services, Realm ingress, IpProtocol protocol, IPv4Address address, ushort port)
        => services.TryFind(ingress, protocol, new TransportAddress(address, port), out IPv4Address host)
            ? host.ToString()
            : null;

    private static int LaneOf(string host) => Division.OfHost(IPv4Address.Parse(host));

    private static LaneTerms Terms() => new()
    {
        Division = Division,
        GivenPorts = [[new PortRange(1024, 65535)]],
        Published = new Dictionary<(IpProtocol, TransportAddress), IPv4Address>
        {
            [(IpProtocol.Udp, new TransportAddress(External, 53))] = IPv4Address.Parse("100.64.0.5"),
        },
        MayTakePorts = true,
    };

    private static IReadOnlyList<RuleRefusal> RefusalsOf(string nat, string filter)
    {
        _ = ProgramOf(nat, Terms(), out IReadOnlyList<RuleRefusal> refusals, filter);
        return refusals;
    }

    private static RuleProgram? ProgramOf(string nat, LaneTerms terms) => ProgramOf(nat, terms, out _);

    private static RuleProgram? ProgramOf(
        string nat, LaneTerms terms, out IReadOnlyList<RuleRefusal> refusals, string filter = "")
    {
        RuleReading reading = RuleFile.Read($"*nat\n{nat}\nCOMMIT\n*filter\n{filter}\nCOMMIT\n", "rules");
        Assert.True(reading.IsUsable, string.Join('\n', reading.Findings));
        return RuleProgram.TryCompile(
            reading.Rules,
            new RuleSurroundings
            {
                InternalInterface = "lan0",
                ExternalInterface = "wan0",
                ExternalAddresses = [External, Second],
                Ports = new PortRange(1024, 65535),
                InsideNetworks = [new IPv4Prefix(IPv4Address.Parse("100.64.0.0"), 16)],
                Lanes = terms,
            },
            out refusals);
    }
}
