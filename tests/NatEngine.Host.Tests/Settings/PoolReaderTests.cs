using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Host.Hosting;
using NatEngine.Host.Settings;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Host.Tests.Settings;

public sealed class PoolReaderTests
{
    [Fact]
    public void Reads_everything_that_a_pool_can_have()
    {
        PoolSettings pool = Assert.Single(Load("""
            "pools": [{
              "name": "players",
              "internalPrefixes": ["100.64.7.0/24", "100.64.9.0/24"],
              "externalAddresses": "203.0.113.7-203.0.113.8",
              "ports": "2000-2999",
              "excludedPorts": [2500],
              "preset": "cgn",
              "pooling": "arbitrary",
              "quarantine": 30,
              "maxQuarantined": 77,
              "preserveRangeClass": true,
              "udp": { "mapping": "address-dependent", "preserveParity": false },
              "tcp": {
                "mapping": "address-and-port-dependent", "filtering": "address-and-port-dependent", "overload": true,
                "reuseSourcePort": true, "portChoice": "sequential"
              },
              "blocks": { "size": 64, "maxPerSubscriber": 2, "releaseDelay": 9 },
              "deterministic": { "prefix": "100.64.7.0/24", "ratio": 16 }
            }]
            """).Pools);

        Assert.Equal(("players", 0, "cgn"), (pool.Name, pool.Place, pool.Preset));
        Assert.Equal(["100.64.7.0/24", "100.64.9.0/24"], pool.InternalPrefixes.Select(one => one.ToString()));
        Assert.Equal("203.0.113.7-203.0.113.8", Assert.Single(pool.ExternalAddresses).ToString());
        Assert.Equal((new PortRange(2000, 2999), new PortRange(2500, 2500)), (pool.Ports, pool.ExcludedPorts[0]));
        TranslationBehavior common = TranslationBehavior.Cgn with
        {
            Pooling = PoolingBehavior.Arbitrary,
            Quarantine = TimeSpan.FromSeconds(30),
            MaxQuarantined = 77,
            PreserveRangeClass = true,
        };
        Assert.Equal(
            common with { Mapping = MappingBehavior.AddressDependent, PreserveParity = false }, pool.Behavior);
        TranslationBehavior tcp = common with
        {
            Mapping = MappingBehavior.AddressAndPortDependent,
            Filtering = FilteringBehavior.AddressAndPortDependent,
            Overload = true,
            ReuseSourcePort = true,
            Ports = PortChoice.Sequential,
        };
        Assert.Equal(tcp, pool.TcpBehavior);
        PortBlockOptions blocks = new()
        {
            Size = 64,
            MaxPerSubscriber = 2,
            ReleaseDelay = TimeSpan.FromSeconds(9),
        };
        Assert.Equal(blocks, pool.Blocks);
        Assert.Equal(
            new DeterministicOptions(new IPv4Prefix(IPv4Address.Parse("100.64.7.0"), 24), 16), pool.Deterministic);
    }

    [Fact]
    public void A_pool_has_the_defaults_of_no_other()
    {
        GatewaySettings settings = Load("""
            "behavior": { "preset": "symmetric", "blocks": { "size": 0 } },
            "external": { "interface": "eth0", "ports": "5000-6000" },
            "pools": [{ "name": "a", "internalPrefixes": "100.64.7.0/24" }]
            """);
        PoolSettings pool = Assert.Single(settings.Pools);
        Assert.Equal(TranslationBehavior.Default, pool.Behavior);
        Assert.Equal(new PortRange(1024, 65535), pool.Ports);
        Assert.Null(pool.TcpBehavior ?? settings.Pool.TcpBehavior);
        Assert.Null(pool.Blocks ?? settings.Pool.Blocks);
        Assert.Null(pool.Deterministic ?? settings.Pool.Deterministic);
        Assert.Empty(pool.ExternalAddresses);
    }

    [Fact]
    public void Udp_and_tcp_can_each_be_otherwise()
    {
        PoolSettings pool = Load("""
            "behavior": {
              "filtering": "address-dependent",
              "udp": { "filtering": "endpoint-independent", "overload": false, "reuseSourcePort": false },
              "tcp": { "preserveParity": false }
            }
            """).Pool;
        TranslationBehavior common = new() { Filtering = FilteringBehavior.AddressDependent };
        Assert.Equal(common with { Filtering = FilteringBehavior.EndpointIndependent }, pool.Behavior);
        Assert.Equal(common with { PreserveParity = false }, pool.TcpBehavior);
        Assert.Equal("default, changed", BehaviorText.Name(pool));
        Assert.Equal(
            "UDP mapping endpoint-independent, filtering endpoint-independent, pooling paired, ports preserve with "
                + "parity; TCP mapping endpoint-independent, filtering address-dependent, pooling paired, ports "
                + "preserve",
            BehaviorText.Of(pool));
    }

    [Theory]
    [InlineData(
        """ "behavior": { "blocks": { "size": 512 } } """,
        "; ports in blocks of 512, at most 4 each, released after 120 s")]
    [InlineData(
        """ "behavior": { "deterministic": { "prefix": "100.64.0.0/24", "ratio": 256 } } """,
        "; ports computed for 100.64.0.0/24, 256 to an address")]
    [InlineData(
        """ "behavior": { "preserveRangeClass": true } """, ", ports preserve with parity and range class")]
    public void The_report_says_how_ports_are_given(string text, string expected)
        => Assert.EndsWith(expected, BehaviorText.Of(Load(text).Pool), StringComparison.Ordinal);

    [Fact] // net.netfilter.nf_conntrack_*_timeout
    public void Preset_netfilter_has_the_kernels_timers_unless_told_otherwise()
    {
        TimerOptions timers = Load(""" "behavior": { "preset": "netfilter" }, "timers": { "udp": 200 } """).Timers;
        Assert.Equal(TimerOptions.Netfilter with { Udp = TimeSpan.FromSeconds(200) }, timers);
        Assert.Equal(new TimerOptions(), Load(""" "behavior": { "preset": "symmetric" } """).Timers);
    }

    [Theory]
    [InlineData("{ }", "pools:0:name: name of a pool: must name the pool")]
    [InlineData("""{ "name": "a", "mapping": "x" }""", "key pools:0:mapping: mapping behaviour 'x': must be one of")]
    [InlineData("""{ "name": "a", "tcp": { "overload": 1 } }""", "key pools:0:tcp:overload: TCP overloading of ports")]
    [InlineData("""{ "name": "a", "internalPrefixes": ["x"] }""", "internal prefix of a pool 'x': must be an IPv4")]
    [InlineData("""{ "name": "a", "blocks": { "maxPerSubscriber": 0 } }""", "per internal address '0': must be a")]
    [InlineData("""{ "name": "a", "blocks": { "releaseDelay": 3601 } }""", "release delay of port blocks '3601'")]
    [InlineData("""{ "name": "a", "blocks": { "size": 65536 } }""", "size of port blocks '65536': must be a whole")]
    [InlineData("""{ "name": "a", "deterministic": { "ratio": 16 } }""", "computed ports need both: a prefix that")]
    [InlineData(
        """{ "name": "a", "deterministic": { "prefix": "100.64.0.0/24" } }""", "ratio of computed ports: computed")]
    [InlineData("""{ "name": "a", "preset": "cone" }""", "key pools:0:preset: preset 'cone': must be one of default")]
    [InlineData(
        """{ "name": "a", "externalAddresses": ["198.18.0.0-198.18.16.0"] }""", "4096 addresses; these are 4097")]
    [InlineData(
        """{ "name": "a", "externalAddresses": ["203.0.113.7", "203.0.113.7"] }""", "'203.0.113.7': is given twice")]
    public void Says_what_is_wrong_with_a_pool(string pool, string expected)
    {
        List<SettingFault> faults = [];
        _ = Load($"\"pools\": [{pool}]", faults);
        Assert.Contains(expected, Assert.Single(faults).ToString(), StringComparison.Ordinal);
    }

    private static GatewaySettings Load(string text)
    {
        List<SettingFault> faults = [];
        GatewaySettings settings = Load(text, faults);
        Assert.Empty(faults);
        return settings;
    }

    private static GatewaySettings Load(string text, List<SettingFault> faults)
    {
        string external = text.Contains("\"external\"", StringComparison.Ordinal)
            ? string.Empty
            : "\"external\": { \"interface\": \"eth0\" }, ";
        using TemporaryFile file = new($"{{ \"internal\": {{ \"interface\": \"eth1\" }}, {external}{text} }}");
        return SettingsLoader.Load(new Dictionary<string, IReadOnlyList<string>>(), file.Path, faults);
    }
}
