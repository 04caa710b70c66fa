using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Host.Planning;
using NatEngine.Host.Settings;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Host.Tests.Planning;

public sealed class GatewayPlannerFaultTests
{
    private static readonly InterfaceAddress Inside = new(IPv4Address.Parse("100.64.0.1"), 16);
    private static readonly InterfaceAddress Outside = new(IPv4Address.Parse("203.0.113.1"), 24);

    private static readonly Machine Box = new()
    {
        Interfaces =
        [
            new HostInterface(1, "lo", true, default, 65536, []),
            new HostInterface(2, "eth1", true, new MacAddress(0x020000000001), 1500, [Inside]),
            new HostInterface(3, "eth0", true, new MacAddress(0x020000000002), 1500, [Outside]),
            new HostInterface(4, "down", false, new MacAddress(0x020000000003), 1500, []),
            new HostInterface(5, "bare", true, new MacAddress(0x020000000004), 1500, []),
            new HostInterface(6, "o\"dd", true, new MacAddress(0x020000000005), 1500, [Inside]),
        ],
        Routes = [],
        LocalPorts = new PortRange(32768, 60999),
        Forwards = false,
        Capabilities = (1UL << 12) | (1UL << 13),
        Cores = 2,
    };

    [Theory]
    [InlineData("eth9", "eth0", "--internal: internal interface 'eth9': there is no such interface; there are lo, ")]
    [InlineData("eth1", "eth9", "--external: external interface 'eth9': there is no such interface")]
    [InlineData("eth0", "eth0", "'eth0': must be another interface than the internal one")]
    [InlineData("eth1", "down", "'down': is down; bring it up with `ip link set down up`")]
    [InlineData("eth1", "lo", "'lo': is not an Ethernet interface")]
    [InlineData("bare", "eth0", "--internal: internal interface 'bare': has no IPv4 address")]
    [InlineData("eth1", "bare", "--external: external interface 'bare': has no IPv4 address to share")]
    [InlineData("o\"dd", "eth0", "has a character (one of \" * \\) that nft can't take")]
    public void Refuses_an_interface_that_will_not_do(string inside, string outside, string expected)
        => Assert.Contains(FaultsOf([
                (SettingKeys.InternalInterface, inside), (SettingKeys.ExternalInterface, outside)]),
            line => line.Contains(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData("external:addresses", "100.64.0.1", "is the host's own, on eth1")]
    [InlineData("external:addresses", "203.0.113.1-203.0.113.2", "'203.0.113.1': is the host's own, on eth0")]
    [InlineData("external:addresses", "100.64.5.5", "lies in the internal prefix 100.64.0.0/16")]
    [InlineData("external:gateway", "203.0.113.1", "external gateway '203.0.113.1': is this host's own")]
    [InlineData("publish", "tcp:80=203.0.113.9:80", "--publish: published service 'tcp:80=203.0.113.9:80': 203.0.113.9 "
        + "is not internal; internal is 100.64.0.0/16")]
    [InlineData("publish", "tcp:80=100.64.0.1:80", "100.64.0.1 is the gateway's own")]
    [InlineData("publish", "udp:203.0.113.7:80=100.64.0.9:80", "203.0.113.7 is not an external address; external is "
        + "203.0.113.1")]
    [InlineData("publish", "tcp:80=100.64.0.9:1,tcp:80=100.64.0.9:2", "published service "
        + "'tcp:80=100.64.0.9:2': another service has that port of 203.0.113.1 already")]
    [InlineData("external:ports", "40000-50000", "no port is left after 32768-60999 are excluded")]
    public void Refuses_a_setting_that_contradicts_the_machine(string key, string value, string expected)
        => Assert.Contains(
            expected,
            Assert.Single(FaultsOf([(SettingKeys.All.Single(one => one.Path == key), value)])),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("symmetric", "behavior:mapping", "address-dependent", "behavior:mapping: mapping behaviour "
        + "'address-dependent': with overload a port is shared by several internal ends")]
    [InlineData("netfilter", "behavior:filtering", "endpoint-independent", "behavior:filtering: filtering behaviour "
        + "'endpoint-independent': with overload a stranger's packet to a shared port")]
    [InlineData("full-cone", "behavior:overload", "true", "behavior:filtering: filtering behaviour "
        + "'endpoint-independent': with overload", "behavior:mapping", "address-and-port-dependent")]
    [InlineData("symmetric", "behavior:quarantine", "120", "behavior:quarantine: quarantine '120': a port that several "
        + "sessions share is never free of all of them: not together with overload")]
    [InlineData("symmetric", "subscribers:maxPorts", "5", "subscribers:maxPorts: number of ports per internal address "
        + "'5': with overload sessions hold no ports of their own")]
    [InlineData("default", "behavior:preserveRangeClass", "true", "behavior:preserveRangeClass: preservation of range "
        + "class '1024-65535': only a range with ports below 1024 and others has")]
    [InlineData("default", "timers:byPort", "udp:53=10,udp:53=9", "timers:byPort: timer of a port 'udp:53=9': the port "
        + "has a timer already")]
    [InlineData("default", "pipeline:lanes", "2", "--transmit: way of sending 'xdp': an interface's queue has one "
        + "AF_XDP socket, and these are 2 lanes", "transmit:kind", "xdp")]
    [InlineData("default", "pipeline:lanes", "2", "external:ports: external ports '2048-2111': each of 2 lanes needs",
        "external:ports", "2048-2111")]
    public void Refuses_settings_that_contradict_each_other(
        string preset, string key, string value, string expected, string? second = null, string? secondValue = null)
    {
        List<(SettingKey Key, string Value)> values = [(SettingKeys.Preset, preset), (KeyOf(key), value)];
        if (second is not null)
        {
            values.Add((KeyOf(second), secondValue!));
        }

        Assert.StartsWith(expected, Assert.Single(FaultsOf([.. values])), StringComparison.Ordinal);

        static SettingKey KeyOf(string path) => SettingKeys.All.Single(one => one.Path == path);
    }

    [Fact]
    public void An_address_cannot_be_the_engines_and_the_gateways()
        => Assert.Contains(
            "external address '203.0.113.5': is the external gateway's",
            Assert.Single(FaultsOf([
                (SettingKeys.ExternalAddresses, "203.0.113.5"), (SettingKeys.ExternalGateway, "203.0.113.5")])),
            StringComparison.Ordinal);

    [Fact]
    public void Says_which_capability_is_missing_and_what_for()
    {
        Assert.Equal(
            ["process: capability 'CAP_NET_RAW': is needed for raw sockets: run as root, or grant it "
                + "(AmbientCapabilities= in a systemd unit)",
             "process: capability 'CAP_NET_ADMIN': is needed for the guard: run as root, or grant it "
                + "(AmbientCapabilities= in a systemd unit)"],
            FaultsOf([], Box with { Capabilities = 0 }));
        Assert.Empty(FaultsOf([(SettingKeys.Guard, "false")], Box with { Capabilities = 1UL << 13 }));
    }

    [Fact]
    public void The_names_of_a_fault_come_from_where_the_value_did()
    {
        using TemporaryFile file = new(
            """{ "internal": { "interface": "eth1" }, "external": { "interface": "eth9" } }""");
        List<SettingFault> faults = [];
        GatewaySettings settings = SettingsLoader.Load(
            new Dictionary<string, IReadOnlyList<string>>(), file.Path, faults);
        Assert.Null(GatewayPlanner.Plan(settings, Box, faults));
        Assert.Equal($"{file.Path}, key external:interface", Assert.Single(faults).Where);
    }

    private static List<string> FaultsOf((SettingKey Key, string Value)[] values, Machine? machine = null)
    {
        Dictionary<string, IReadOnlyList<string>> commandLine = new()
        {
            [SettingKeys.InternalInterface.Path] = ["eth1"],
            [SettingKeys.ExternalInterface.Path] = ["eth0"],
        };
        foreach ((SettingKey key, string value) in values)
        {
            commandLine[key.Path] = [value];
        }

        List<SettingFault> faults = [];
        GatewaySettings settings = SettingsLoader.Load(commandLine, null, faults);
        Assert.Empty(faults);
        GatewayPlan? plan = GatewayPlanner.Plan(settings, machine ?? Box, faults);
        Assert.Equal(faults.Count > 0, plan is null);
        return [.. faults.Select(fault => fault.ToString())];
    }
}
