using System.Collections.Generic;
using System.Linq;
using NatEngine.Host.Policy;
using NatEngine.Packets;
using NatEngine.Rules;
using NatEngine.Translation;
using NatEngine.Translation.Policy;
using PortRange = NatEngine.Translation.PortRange;

namespace NatEngine.Host.Tests.Policy;

public sealed class LaneRulesTests
{
    private static readonly IPv4Address External = IPv4Address.Parse("203.0.113.1");

    [Fact]
    public void One_lane_has_no_terms()
        => Assert.Null(LaneRules.TermsOf(Options(), lanes: null));

    [Fact]
    public void Lanes_give_what_is_not_excluded_and_may_not_send_published_ports_elsewhere()
    {
        LaneTerms terms = LaneRules.TermsOf(Options(), new LaneDivision(2))!;

        Assert.Equal(
            [[new PortRange(1024, 8079), new PortRange(8081, 65535)], [new PortRange(2000, 2999)]], terms.GivenPorts);
        Assert.True(terms.MayTakePorts);
        KeyValuePair<(IpProtocol Protocol, TransportAddress External), IPv4Address> service =
            Assert.Single(terms.Published);
        Assert.Equal((IpProtocol.Tcp, new TransportAddress(External, 443)), service.Key);
        Assert.Equal("100.64.0.9", $"{service.Value}");
    }

    [Fact]
    public void Blocks_are_given_as_a_whole_and_no_port_is_taken_out_of_them()
    {
        TranslationOptions options = Options() with { Blocks = new PortBlockOptions { Size = 64 } };

        Assert.False(LaneRules.TermsOf(options, new LaneDivision(2))!.MayTakePorts);
    }

    [Fact]
    public void Ports_of_services_are_taken_out_of_every_pool()
    {
        RuledServices services = Program(
            "-A PREROUTING -i wan0 -p tcp -m multiport --dports 80,2500:2501 -j DNAT --to-destination 100.64.0.5")
            .Services;

        TranslationOptions left = LaneRules.Without(Options(), services);

        Assert.Equal(
            [new PortRange(8080, 8080), new PortRange(80, 80), new PortRange(2500, 2501)], left.ExcludedPorts);
        Assert.Equal(
            [new PortRange(80, 80), new PortRange(2500, 2501)], Assert.Single(left.Pools).ExcludedPorts);
        Assert.Same(left, LaneRules.Without(left, RuledServices.None));
    }

    [Fact]
    public void Each_lane_has_a_program_of_its_own_and_the_first_goes_on_counting()
    {
        IReadOnlyList<RuleProgram> programs = LaneRules.Programs(
            Program("[7:420] -A POSTROUTING -o wan0 -j MASQUERADE"), lanes: 3);

        Assert.Equal(3, programs.Distinct().Count());
        Assert.Equal(
            [7UL, 0UL, 0UL],
            programs.Select(program => program.Counted().Nat.Find("POSTROUTING")!.Rules[0].Counters.Packets));
    }

    private static TranslationOptions Options() => new()
    {
        ExternalAddresses = [External],
        Ports = new PortRange(1024, 65535),
        ExcludedPorts = [new PortRange(8080, 8080)],
        Published =
        [
            new PublishedService(
                IpProtocol.Tcp, 443, new TransportAddress(IPv4Address.Parse("100.64.0.9"), 443)),
        ],
        Pools =
        [
            new PoolOptions
            {
                Name = "guests",
                InternalPrefixes = [new IPv4Prefix(IPv4Address.Parse("100.64.128.0"), 17)],
                ExternalAddresses = [IPv4Address.Parse("203.0.113.2")],
                Ports = new PortRange(2000, 2999),
            },
        ],
    };

    private static RuleProgram Program(string nat)
    {
        RuleReading reading = RuleFile.Read($"*nat\n{nat}\nCOMMIT\n", "rules");
        Assert.True(reading.IsUsable, string.Join('\n', reading.Findings));
        RuleProgram? program = RuleProgram.TryCompile(
            reading.Rules,
            new RuleSurroundings
            {
                InternalInterface = "lan0",
                ExternalInterface = "wan0",
                ExternalAddresses = [External],
                Ports = new PortRange(1024, 65535),
                Lanes = LaneRules.TermsOf(Options(), new LaneDivision(2)),
            },
            out IReadOnlyList<RuleRefusal> refusals);
        Assert.Empty(refusals);
        return program!;
    }
}
