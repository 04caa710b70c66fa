using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Host.Planning;
using NatEngine.Host.Settings;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Host.Tests.Planning;

/// <summary>From a file with pools to what will run, or to why it will not, in the file's own words.</summary>
public sealed class PoolPlanTests
{
    private const string Players = "\"name\": \"players\", \"internalPrefixes\": [\"100.64.7.0/24\"]";

    private static readonly Machine Box = new()
    {
        Interfaces =
        [
            new HostInterface(
                2, "eth1", true, new MacAddress(0x020000000001), 1500, [new(IPv4Address.Parse("100.64.0.1"), 16)]),
            new HostInterface(
                3, "eth0", true, new MacAddress(0x020000000002), 1500, [new(IPv4Address.Parse("203.0.113.1"), 24)]),
        ],
        Routes = [],
        LocalPorts = new PortRange(32768, 60999),
        Forwards = false,
        Capabilities = ulong.MaxValue,
        Cores = 2,
    };

    [Fact]
    public void A_pool_owns_addresses_beside_one_that_is_shared()
    {
        GatewayPlan plan = Plan($$"""
            "pools": [{ {{Players}}, "externalAddresses": ["203.0.113.7"], "preset": "full-cone" }],
            "publish": ["tcp:80=100.64.7.3:80", "tcp:81=100.64.0.3:81"]
            """);

        Assert.Equal(["203.0.113.1"], plan.Translation.ExternalAddresses.Select(one => one.ToString()));
        PoolOptions pool = Assert.Single(plan.Translation.Pools);
        Assert.Equal("203.0.113.7", Assert.Single(pool.ExternalAddresses).ToString());
        Assert.Equal((TranslationBehavior.FullCone, 0), (pool.Behavior, pool.ExcludedPorts.Count));
        Assert.Equal(AddressMode.Shared, plan.Mode);
        Assert.Equal("203.0.113.7", Assert.Single(plan.ExternalPort.OwnedAddresses).ToString());
        Assert.Contains(IPv4Address.Parse("203.0.113.1"), plan.ExternalPort.HostAddresses);
        Assert.Equal(
            [new PortRange(81, 81), new PortRange(1024, 32767), new PortRange(61000, 65535)], plan.Guard.TcpPorts);
        Assert.Equal([new PortRange(1024, 32767), new PortRange(61000, 65535)], plan.Guard.UdpPorts);
    }

    [Fact]
    public void A_pool_without_addresses_has_ports_of_those_above()
    {
        GatewayPlan plan = Plan($$"""
            "external": { "interface": "eth0", "ports": "1024-19999" },
            "pools": [{ {{Players}}, "ports": "20000-40000", "excludedPorts": ["20000-20009"] }]
            """);

        PoolOptions pool = Assert.Single(plan.Translation.Pools);
        Assert.Equal("203.0.113.1", Assert.Single(pool.ExternalAddresses).ToString());
        Assert.Equal([new PortRange(20000, 20009), Box.LocalPorts], pool.ExcludedPorts);
        Assert.Empty(plan.ExternalPort.OwnedAddresses);
        Assert.Equal([new PortRange(1024, 19999), new PortRange(20010, 32767)], plan.Guard.UdpPorts);
    }

    [Fact]
    public void A_pool_can_share_the_hosts_address_while_the_others_have_their_own()
    {
        GatewayPlan plan = Plan($$"""
            "external": { "interface": "eth0", "addresses": ["203.0.113.10"] },
            "pools": [{ {{Players}}, "externalAddresses": ["203.0.113.1"] }]
            """);

        Assert.Equal("203.0.113.1", plan.Guard.SharedAddress?.ToString());
        Assert.Equal("203.0.113.10", Assert.Single(plan.ExternalPort.OwnedAddresses).ToString());
        Assert.Empty(plan.Translation.ExcludedPorts);
        Assert.Equal([Box.LocalPorts], plan.Translation.Pools[0].ExcludedPorts);
    }

    [Fact] // RFC 5382 REQ-4a
    public void Strangers_are_answered_unless_told_otherwise()
    {
        Assert.True(Plan("\"publish\": []").ExternalPort.AnswersStrangers);
        Assert.False(Plan("\"external\": { \"interface\": \"eth0\", \"answersStrangers\": false }")
            .ExternalPort.AnswersStrangers);
    }

    [Theory]
    [InlineData("\"mapping\": \"address-dependent\", \"overload\": true, \"filtering\": \"address-and-port-dependent\"",
        "key pools:0:mapping: mapping behaviour 'address-dependent': with overload a port is shared by several")]
    [InlineData("\"preset\": \"symmetric\", \"tcp\": { \"filtering\": \"endpoint-independent\" }",
        "key pools:0:tcp:filtering: TCP filtering behaviour 'endpoint-independent': with overload a stranger's packet")]
    [InlineData("\"preset\": \"symmetric\", \"udp\": { \"mapping\": \"endpoint-independent\" }",
        "key pools:0:udp:mapping: UDP mapping behaviour 'endpoint-independent': with overload a port is shared")]
    [InlineData("\"tcp\": { \"overload\": true }",
        "pools:0:mapping: mapping behaviour 'endpoint-independent': with overload a port is shared by several")]
    [InlineData("\"reuseSourcePort\": true",
        "key pools:0:reuseSourcePort: reuse of a source's port 'true': without overload the mapping behaviour says")]
    [InlineData("\"preset\": \"symmetric\", \"quarantine\": 5",
        "key pools:0:quarantine: quarantine '5': a port that several sessions share is never free of all of them")]
    [InlineData("\"ports\": \"2000-2999\", \"blocks\": { \"size\": 1001 }",
        "key pools:0:blocks:size: size of port blocks '1001': a block is of 1 to 1000 ports, all that there are")]
    [InlineData("\"preset\": \"symmetric\", \"blocks\": { \"size\": 64 }",
        "key pools:0:blocks:size: size of port blocks '64': a port that several share is nobody's own: not together"
        + " with overload")]
    [InlineData("\"pooling\": \"arbitrary\", \"blocks\": { \"size\": 64 }",
        "key pools:0:blocks:size: size of port blocks 'arbitrary': whoever has ports of his own has them all of one")]
    [InlineData("\"excludedPorts\": [2000], \"blocks\": { \"size\": 64 }",
        "key pools:0:blocks:size: size of port blocks '1024-65535': everybody has as many ports: none of the range")]
    [InlineData("\"ports\": \"1-65535\", \"preserveRangeClass\": true, \"blocks\": { \"size\": 64 }",
        "size of port blocks '64': nobody's own ports are of both classes: the range class cannot be preserved")]
    [InlineData("\"blocks\": { \"size\": 64 }, \"deterministic\": { \"prefix\": \"100.64.7.0/24\", \"ratio\": 256 }",
        "size of port blocks '64': ports are either given in blocks or computed (deterministic), not both")]
    [InlineData("\"deterministic\": { \"prefix\": \"100.64.7.0/24\", \"ratio\": 255 }",
        "key pools:0:deterministic:ratio: ratio of computed ports '255': the 256 addresses of 100.64.7.0/24 do not")]
    [InlineData("\"ports\": \"2000-2009\", \"deterministic\": { \"prefix\": \"100.64.7.0/28\", \"ratio\": 16 }",
        "ratio of computed ports '16': 10 ports are for 1 to 10 internal addresses")]
    [InlineData("\"preset\": \"symmetric\", \"deterministic\": { \"prefix\": \"100.64.7.0/28\", \"ratio\": 16 }",
        "key pools:0:deterministic:ratio: ratio of computed ports '100.64.7.0/28': a port that several share")]
    [InlineData("\"preserveRangeClass\": true",
        "key pools:0:preserveRangeClass: preservation of range class '1024-65535': only a range with ports below 1024")]
    [InlineData("\"excludedPorts\": [\"1-65535\"]",
        "key pools:0:excludedPorts: excluded ports '1024-65535': at least one port of the range must be left")]
    public void A_pool_that_contradicts_itself_is_refused_in_the_words_of_the_file(string settings, string expected)
        => Assert.Contains(
            expected, Fault($$"""
                "pools": [{ {{Players}}, "externalAddresses": ["203.0.113.7"], {{settings}} }]
                """),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("\"name\": \"default\", \"internalPrefixes\": [\"100.64.7.0/24\"]",
        "key pools:0:name: name of a pool 'default': each pool has a name of its own, and 'default' is taken")]
    [InlineData("\"name\": \"a\"", "pools:0:internalPrefixes: internal prefix of a pool 'none': a pool is for one")]
    [InlineData("\"name\": \"a\", \"internalPrefixes\": [\"100.65.0.0/24\"]",
        "key pools:0:internalPrefixes: internal prefix of a pool '100.65.0.0/24': nobody in it is internal")]
    [InlineData(Players, "pools:0:ports: external ports '1024-65535': pool default has ports 1024-65535 of")]
    [InlineData(Players + ", \"externalAddresses\": [\"203.0.113.7\"] }, { " + Players,
        "key pools:1:name: name of a pool 'players': each pool has a name of its own")]
    [InlineData(Players + ", \"externalAddresses\": [\"203.0.113.7\"] }, { \"name\": \"b\", "
        + "\"externalAddresses\": [\"203.0.113.8\"], \"internalPrefixes\": [\"100.64.7.0/24\"]",
        "key pools:1:internalPrefixes: internal prefix of a pool '100.64.7.0/24': the prefix is pool players's")]
    [InlineData(Players + ", \"externalAddresses\": [\"203.0.113.7\"], \"ports\": \"1024-2000\" }, { \"name\": \"b\", "
        + "\"externalAddresses\": [\"203.0.113.7\"], \"internalPrefixes\": [\"100.64.8.0/24\"], \"ports\": \"3000\", "
        + "\"preset\": \"symmetric\"",
        "pools:1:overload: overloading of ports 'true': ICMP identifiers of 203.0.113.7 are pool players's too")]
    [InlineData(Players + ", \"externalAddresses\": [\"100.64.0.1\"]",
        "key pools:0:externalAddresses: external address '100.64.0.1': is the host's own, on eth1")]
    [InlineData(Players + ", \"externalAddresses\": [\"203.0.113.1\", \"203.0.113.7\"]",
        "key pools:0:externalAddresses: external address '203.0.113.1': is the host's own, on eth0: an address")]
    public void Pools_that_are_in_each_others_way_are_refused(string pools, string expected)
        => Assert.Contains(expected, Fault($"\"pools\": [{{ {pools} }}]"), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"blocks\": { \"size\": 64 }", "size of port blocks '1024-65535': everybody has as many ports")]
    [InlineData("\"deterministic\": { \"prefix\": \"100.64.7.0/24\", \"ratio\": 256 }", "behavior:deterministic:ratio")]
    [InlineData("\"preset\": \"full-cone\", "
        + "\"tcp\": { \"mapping\": \"address-and-port-dependent\", \"overload\": true }",
        "behavior:filtering: filtering behaviour 'endpoint-independent': with overload")]
    public void So_is_the_pool_that_is_not_in_the_list(string behavior, string expected)
        => Assert.Contains(expected, Fault($"\"behavior\": {{ {behavior} }}"), StringComparison.Ordinal);

    [Fact]
    public void A_limit_of_ports_is_refused_if_any_pool_has_none_to_limit()
        => Assert.Contains(
            "key subscribers:maxPorts: number of ports per internal address '5': with overload sessions hold no ports",
            Fault($$"""
                "pools": [{ {{Players}}, "externalAddresses": ["203.0.113.7"], "preset": "netfilter" }],
                "subscribers": { "maxPorts": 5 }
                """),
            StringComparison.Ordinal);

    private static GatewayPlan Plan(string text)
    {
        List<SettingFault> faults = [];
        GatewayPlan? plan = Plan(text, faults);
        Assert.Empty(faults);
        Assert.NotNull(plan);
        return plan;
    }

    private static string Fault(string text)
    {
        List<SettingFault> faults = [];
        Assert.Null(Plan(text, faults));
        return Assert.Single(faults).ToString();
    }

    private static GatewayPlan? Plan(string text, List<SettingFault> faults)
    {
        string external = text.Contains("\"external\"", StringComparison.Ordinal)
            ? string.Empty
            : "\"external\": { \"interface\": \"eth0\" }, ";
        using TemporaryFile file = new($"{{ \"internal\": {{ \"interface\": \"eth1\" }}, {external}{text} }}");
        GatewaySettings settings = SettingsLoader.Load(
            new Dictionary<string, IReadOnlyList<string>>(), file.Path, faults);
        Assert.Empty(faults);
        return GatewayPlanner.Plan(settings, Box, faults);
    }
}
