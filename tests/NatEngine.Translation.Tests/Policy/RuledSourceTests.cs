using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;
using NatEngine.Rules;
using NatEngine.Translation.Policy;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests.Policy;

/// <summary>Which of a pool's ports a rule can give.</summary>
public sealed class RuledSourceTests
{
    private const string Me = "100.64.0.5:4000";
    private const string Server = "198.51.100.7:53";
    private const string OtherServer = "198.51.100.8:53";

    private static readonly IPv4Address[] Two = [IPv4Address.Parse("203.0.113.1"), IPv4Address.Parse("203.0.113.2")];

    [Theory] // a port outside of its owner's block, or of the computed ones, would name the wrong host
    [InlineData("-j MASQUERADE", true)]
    [InlineData("-j MASQUERADE --random", false)]
    [InlineData("-p udp -j MASQUERADE --to-ports 2000-3000", false)]
    [InlineData("-j SNAT --to-source 203.0.113.1", false)]
    [InlineData("-j SNAT --to-source 203.0.113.1-203.0.113.2", true)]
    [InlineData("-j SNAT --to-source 203.0.113.1-203.0.113.2 --persistent", true)]
    [InlineData("-j SNAT --to-source 203.0.113.1-203.0.113.3", false)]
    [InlineData("-j SNAT --to-source 203.0.113.1-203.0.113.2 --random", false)]
    [InlineData("-p udp -j SNAT --to-source 203.0.113.1-203.0.113.2:2000-3000", false)]
    [InlineData("-j SNAT --to-source 203.0.113.3", true)]
    public void Gives_no_ports_that_are_given_in_blocks_but_as_their_pool_does(string rule, bool isUsable)
    {
        RuleProgram? program = TryCompile(rule, out IReadOnlyList<RuleRefusal> refusals);

        Assert.Equal(isUsable, program is not null);
        Assert.Equal(isUsable ? 0 : 1, refusals.Count);
    }

    [Fact]
    public void A_rule_that_names_all_of_a_pool_gives_what_masquerade_gives()
    {
        TranslationOptions WithBlocks(TranslationOptions options) => options with
        {
            ExternalAddresses = Two,
            Ports = new PortRange(2000, 2999),
            Blocks = new PortBlockOptions { Size = 100 },
            Rules = TryCompile("-p udp -j SNAT --to-source 203.0.113.1-203.0.113.2", out _),
        };
        using Gateway gateway = new(WithBlocks);

        TransportAddress[] first =
            [.. Enumerable.Range(1, 100).Select(port => SourceOf(gateway, $"100.64.0.5:{port}"))];
        gateway.Translator.Adopt(TryCompile("-j MASQUERADE", out _));
        TransportAddress again = SourceOf(gateway, "100.64.0.5:1", OtherServer);

        Assert.Single(first.Select(end => (end.Address, end.Port / 100)).Distinct()); // one block, all of it
        Assert.Equal(first[0], again);
    }

    [Fact] // another pool's rules do not put one host's mappings into another's
    public void A_host_of_another_pool_gets_a_block_of_the_pool_that_the_rule_names()
    {
        IPv4Address own = IPv4Address.Parse("203.0.113.9");
        using Gateway gateway = new(options => options with
        {
            ExternalAddresses = [own],
            Pools =
            [
                new PoolOptions
                {
                    Name = "blocks",
                    InternalPrefixes = [new IPv4Prefix(IPv4Address.Parse("100.64.9.0"), 24)],
                    ExternalAddresses = Two,
                    Ports = new PortRange(2000, 2999),
                    Blocks = new PortBlockOptions { Size = 100 },
                },
            ],
            Rules = TryCompile(
                "-d 198.51.100.7 -j SNAT --to-source 203.0.113.1-203.0.113.2\n-A POSTROUTING -j MASQUERADE",
                out _, own),
        });

        TransportAddress masqueraded = SourceOf(gateway, Me, OtherServer);
        TransportAddress named = SourceOf(gateway, Me);
        TransportAddress ofTheBlock = SourceOf(gateway, "100.64.0.5:4001");

        Assert.Equal(own, masqueraded.Address);
        Assert.Contains(named.Address, Two);
        Assert.Equal((named.Address, named.Port / 100), (ofTheBlock.Address, ofTheBlock.Port / 100));
    }

    [Theory] // nf_nat_core.c, find_appropriate_src: before an address or a port is chosen
    [InlineData("-p udp -j SNAT --to-source 203.0.113.1-203.0.113.2:5000-5999", true)]
    [InlineData("-p udp -j SNAT --to-source 203.0.113.1-203.0.113.2:5000-5999 --random", true)]
    [InlineData("-p udp -j SNAT --to-source 203.0.113.1-203.0.113.2:5000-5999 --random-fully", false)]
    public void A_source_keeps_what_it_has_as_with_netfilter(string rule, bool keeps)
    {
        using Gateway gateway = new(options => options with
        {
            ExternalAddresses = Two,
            Behavior = TranslationBehavior.Netfilter,
            Rules = TryCompile(rule, out _, isShared: true),
        });

        TransportAddress first = SourceOf(gateway, Me);
        bool isSame = Enumerable.Range(101, 16).All(host => SourceOf(gateway, Me, $"198.51.100.{host}:53") == first);

        Assert.InRange(first.Port, 5000, 5999);
        Assert.Equal(keeps, isSame);
    }

    [Fact]
    public void What_a_source_has_beyond_the_rules_ports_it_does_not_get_from_it()
    {
        using Gateway gateway = new(options => options with
        {
            ExternalAddresses = Two,
            Behavior = TranslationBehavior.Netfilter,
            Rules = TryCompile(
                "-p udp -d 198.51.100.7 -j SNAT --to-source 203.0.113.1:5000-5999\n"
                + "-A POSTROUTING -p udp -j SNAT --to-source 203.0.113.1:6000-6999",
                out _, isShared: true),
        });

        Assert.InRange(SourceOf(gateway, Me).Port, 5000, 5999);
        TransportAddress second = SourceOf(gateway, Me, OtherServer);
        Assert.InRange(second.Port, 6000, 6999);
        Assert.Equal(second, SourceOf(gateway, Me, "198.51.100.9:53"));
    }

    private static TransportAddress SourceOf(Gateway gateway, string source, string destination = Server)
    {
        Outcome outcome = gateway.FromInside(Frames.Udp(source, destination));
        Assert.Equal(DropReason.None, outcome.Verdict.Reason);
        return outcome.Verdict.Rewrite.Source;
    }

    private static RuleProgram? TryCompile(
        string rule, out IReadOnlyList<RuleRefusal> refusals, IPv4Address? own = null, bool isShared = false)
    {
        RuleReading reading = RuleFile.Read($"*nat\n-A POSTROUTING {rule}\nCOMMIT\n", "rules");
        Assert.True(reading.IsUsable, string.Join('\n', reading.Findings));
        RuleSurroundings surroundings = new()
        {
            InternalInterface = "lan0",
            ExternalInterface = "wan0",
            ExternalAddresses = [.. Two, own ?? IPv4Address.Parse("203.0.113.3")],
            AllottedPools = isShared ? [] : [Two],
            Ports = new PortRange(1024, 65535),
        };
        return RuleProgram.TryCompile(reading.Rules, surroundings, out refusals);
    }
}
