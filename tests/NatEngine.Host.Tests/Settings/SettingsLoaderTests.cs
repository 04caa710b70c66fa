using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.Extensions.Logging;
using NatEngine.Devices;
using NatEngine.Host.Guarding;
using NatEngine.Host.Receiving;
using NatEngine.Host.Settings;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Host.Tests.Settings;

public sealed class SettingsLoaderTests
{
    private static readonly Dictionary<string, IReadOnlyList<string>> TwoInterfaces = new()
    {
        [SettingKeys.InternalInterface.Path] = ["eth1"],
        [SettingKeys.ExternalInterface.Path] = ["eth0"],
    };

    [Fact]
    public void Two_interfaces_are_enough()
    {
        GatewaySettings settings = Load(TwoInterfaces);

        Assert.Equal("eth1", settings.InternalInterface);
        Assert.Equal("eth0", settings.ExternalInterface);
        Assert.Equal(new PortRange(1024, 65535), settings.Pool.Ports);
        Assert.Equal(new TimerOptions(), settings.Timers);
        Assert.Null(settings.Layout);
        Assert.Equal(RingVersion.V2, settings.Ring);
        Assert.Equal(TransmitKind.Packet, settings.Transmit);
        Assert.Equal(ReceiveWay.AsIs, settings.Receive);
        Assert.Equal("/run/natengine/control.sock", settings.ControlPath);
        Assert.True(settings.HasGuard);
        Assert.Equal(GuardKind.Auto, settings.GuardKind);
    }

    [Fact]
    public void Reads_every_option()
    {
        GatewaySettings settings = Load(With(
            (SettingKeys.ExternalAddresses, ["203.0.113.1,203.0.113.10-203.0.113.12", "198.51.100.1"]),
            (SettingKeys.ExternalGateway, ["203.0.113.254"]),
            (SettingKeys.Publish, ["tcp:8080=100.64.0.10:80", "udp:203.0.113.1:53=100.64.0.11:5353"]),
            (SettingKeys.Layout, ["rx+lookup|rewrite+checksum|tx"]),
            (SettingKeys.Ring, ["v3"]),
            (SettingKeys.Transmit, ["xdp"]),
            (SettingKeys.Napi, ["threaded"]),
            (SettingKeys.MaxSessions, ["1000"]),
            (SettingKeys.ControlPath, ["/tmp/control"]),
            (SettingKeys.Guard, ["false"]),
            (SettingKeys.GuardKind, ["nft"])));

        Assert.Equal(
            ["203.0.113.1", "203.0.113.10-203.0.113.12", "198.51.100.1"],
            settings.Pool.ExternalAddresses.Select(range => range.ToString()));
        Assert.Equal(IPv4Address.Parse("203.0.113.254"), settings.ExternalGateway);
        PublishedService[] published =
        [
            new(IpProtocol.Tcp, 8080, new TransportAddress(IPv4Address.Parse("100.64.0.10"), 80)),
            new(
                IpProtocol.Udp,
                53,
                new TransportAddress(IPv4Address.Parse("100.64.0.11"), 5353),
                IPv4Address.Parse("203.0.113.1")),
        ];
        Assert.Equal(published, settings.Published);
        Assert.Equal("rx+lookup|rewrite+checksum|tx", settings.Layout.ToString());
        Assert.Equal(RingVersion.V3, settings.Ring);
        Assert.Equal(TransmitKind.Xdp, settings.Transmit);
        Assert.Equal(ReceiveWay.Threaded, settings.Receive);
        Assert.Equal(1000, settings.MaxSessions);
        Assert.Equal("/tmp/control", settings.ControlPath);
        Assert.False(settings.HasGuard);
        Assert.Equal(GuardKind.Nft, settings.GuardKind);
    }

    [Fact]
    public void The_command_line_wins_over_the_file_and_the_file_over_the_defaults()
    {
        using TemporaryFile file = new("""
            {
              "internal": { "interface": "lan" },
              "external": { "interface": "wan" },
              "publish": [ "tcp:1=100.64.0.1:1", "tcp:2=100.64.0.1:2" ],
              "sessions": { "max": 5, "maxMappings": 6 },
              "timers": { "udp": 400 },
              "log": { "level": "Debug" }
            }
            """);

        GatewaySettings settings = Load(
            new Dictionary<string, IReadOnlyList<string>>
            {
                [SettingKeys.ExternalInterface.Path] = ["eth0"],
                [SettingKeys.MaxSessions.Path] = ["7"],
                [SettingKeys.Publish.Path] = ["udp:3=100.64.0.1:3"],
            },
            file.Path);

        Assert.Equal("lan", settings.InternalInterface);
        Assert.Equal("eth0", settings.ExternalInterface);
        Assert.Equal(7, settings.MaxSessions);
        Assert.Equal(6, settings.MaxMappings);
        Assert.Equal(TimeSpan.FromSeconds(400), settings.Timers.Udp);
        Assert.Equal(TimeSpan.FromSeconds(7440), settings.Timers.TcpEstablished);
        Assert.Equal(3, Assert.Single(settings.Published).ExternalPort);
        Assert.Equal(LogLevel.Debug, settings.LogLevel);
    }

    [Theory]
    [InlineData("external:gateway", "203.0.113", "--external-gateway: external gateway '203.0.113': must be an IPv4")]
    [InlineData("external:gateway", "2001:db8::1", "--external-gateway: external gateway '2001:db8::1': must be")]
    [InlineData("external:gateway", "224.0.0.1", "--external-gateway: external gateway '224.0.0.1': must be an IPv4")]
    [InlineData("external:addresses", "::1", "--external-address: external address '::1': must be an IPv4 address")]
    [InlineData("external:addresses", "203.0.113.9-203.0.113.1", "external address '203.0.113.9-203.0.113.1': must be")]
    [InlineData("external:addresses", "203.0.113.1,", "--external-address: external address '': must be")]
    [InlineData("external:addresses", "203.0.113.1,203.0.113.1", "external address '203.0.113.1': is given twice")]
    [InlineData("external:addresses", "10.0.0.0-10.0.255.255", "at most 4096 addresses; these are 65536")]
    [InlineData("publish", "tcp:0=100.64.0.10:80", "--publish: published service 'tcp:0=100.64.0.10:80': must be")]
    [InlineData("publish", "tcp:65536=100.64.0.10:80", "'tcp:65536=100.64.0.10:80': must be tcp|udp:")]
    [InlineData("publish", "tcp:80=100.64.0.10", "'tcp:80=100.64.0.10': must be tcp|udp:")]
    [InlineData("publish", "tcp:80=100.64.0.10:0", "'tcp:80=100.64.0.10:0': must be tcp|udp:")]
    [InlineData("publish", "sctp:80=100.64.0.10:80", "'sctp:80=100.64.0.10:80': must be tcp|udp:")]
    [InlineData("publish", "80=100.64.0.10:80", "'80=100.64.0.10:80': must be tcp|udp:")]
    [InlineData("publish", "tcp:80=100.64.0.10:80=x", "'tcp:80=100.64.0.10:80=x': must be tcp|udp:")]
    [InlineData("external:ports", "1024-70000", "external:ports: external ports '1024-70000': must be PORT")]
    [InlineData("external:ports", "2000-1000", "external:ports: external ports '2000-1000': must be PORT")]
    [InlineData("external:excludedPorts", "ssh", "external:excludedPorts: excluded ports 'ssh': must be PORT")]
    [InlineData("internal:prefixes", "100.64.0.1/16", "internal prefix '100.64.0.1/16': must be an IPv4 prefix")]
    [InlineData("pipeline:layout", "rx|tx", "--layout: layout 'rx|tx': must be rx, lookup, rewrite, checksum, tx")]
    [InlineData("ring:version", "v1", "--ring: ring version 'v1': must be one of v2, v3")]
    [InlineData(
        "receive:napi", "off", "--napi: way of receiving 'off': must be one of as-is, adaptive, threaded")]
    [InlineData("ring:slots", "63", "ring:slots: number of ring slots '63': must be a whole number, 64 to 65536")]
    [InlineData("sessions:max", "0", "--max-sessions: number of sessions '0': must be a whole number, 1 to 100000000")]
    [InlineData("sessions:max", "many", "--max-sessions: number of sessions 'many': must be a whole number")]
    [InlineData("sessions:max", "99999999999", "--max-sessions: number of sessions '99999999999': must be")]
    [InlineData("sessions:midStreamPickup", "yes", "mid-stream pick-up 'yes': must be true or false")]
    [InlineData("timers:udp", "0", "timers:udp: timer '0': must be a whole number, 1 to 1728000")]
    [InlineData("pipeline:batchSize", "1025", "batch size '1025': must be a whole number, 1 to 1024")]
    [InlineData("pipeline:lanes", "0", "--lanes: number of lanes '0': must be a whole number, 1 to 16")]
    [InlineData("pipeline:lanes", "17", "--lanes: number of lanes '17': must be a whole number, 1 to 16")]
    [InlineData("pipeline:idleSpin", "-1", "idle spin '-1': must be a whole number, 0 to 10000")]
    [InlineData("control:path", "", "--control: control socket '': must be the path of a socket")]
    [InlineData("log:level", "loud", "log:level: log level 'loud': must be one of debug, information, warning, error")]
    [InlineData("internal:interface", "", "--internal: internal interface '': must name a network interface")]
    public void Says_what_is_wrong_with_a_value(string key, string value, string expected)
    {
        SettingKey setting = SettingKeys.All.Single(one => one.Path == key);
        List<SettingFault> faults = [];
        SettingsLoader.Load(With((setting, [value])), null, faults);
        Assert.Contains(expected, Assert.Single(faults).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Collects_all_faults_before_it_gives_up()
    {
        List<SettingFault> faults = [];
        SettingsLoader.Load(
            new Dictionary<string, IReadOnlyList<string>> { [SettingKeys.Ring.Path] = ["v9"] }, null, faults);
        Assert.Equal(
            ["--internal", "--external", "--ring"], faults.Select(fault => fault.Where));
    }

    [Fact]
    public void A_fault_in_the_file_names_the_file_and_the_key()
    {
        using TemporaryFile file = new("""{ "sessions": { "max": "lots" }, "pipeline": { "layout": 7 } }""");
        List<SettingFault> faults = [];
        SettingsLoader.Load(TwoInterfaces, file.Path, faults);
        Assert.Equal(
            [$"{file.Path}, key sessions:max", $"{file.Path}, key pipeline:layout"],
            faults.Select(fault => fault.Where));
    }

    [Fact]
    public void The_longest_path_of_a_socket_is_107_octets()
    {
        Assert.Equal(107, Load(With((SettingKeys.ControlPath, [new string('a', 107)]))).ControlPath.Length);

        List<SettingFault> faults = [];
        SettingsLoader.Load(With((SettingKeys.ControlPath, [new string('a', 108)])), null, faults);
        Assert.Equal("--control", Assert.Single(faults).Where);
    }

    private static GatewaySettings Load(
        IReadOnlyDictionary<string, IReadOnlyList<string>> commandLine, string? file = null)
    {
        List<SettingFault> faults = [];
        GatewaySettings settings = SettingsLoader.Load(commandLine, file, faults);
        Assert.Empty(faults);
        return settings;
    }

    private static Dictionary<string, IReadOnlyList<string>> With(params (SettingKey Key, string[] Values)[] settings)
    {
        Dictionary<string, IReadOnlyList<string>> commandLine = new(TwoInterfaces);
        foreach ((SettingKey key, string[] values) in settings)
        {
            commandLine[key.Path] = values;
        }

        return commandLine;
    }
}
