using System;
using System.Collections.Generic;
using NatEngine.Host.Hosting;
using NatEngine.Host.Settings;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Host.Tests.Settings;

public sealed class BehaviorReaderTests
{
    [Theory]
    [InlineData("default", "default: mapping endpoint-independent, filtering address-and-port-dependent, "
        + "pooling paired, ports preserve with parity")]
    [InlineData("full-cone", "full-cone: mapping endpoint-independent, filtering endpoint-independent, pooling paired, "
        + "ports preserve with parity")]
    [InlineData("cgn", "cgn: mapping endpoint-independent, filtering endpoint-independent, pooling paired, "
        + "ports random with parity, quarantine 120 s")]
    [InlineData("symmetric", "symmetric: mapping address-and-port-dependent, filtering address-and-port-dependent, "
        + "pooling paired, ports random with parity, overloaded")]
    [InlineData("netfilter", "netfilter: mapping address-and-port-dependent, filtering address-and-port-dependent, "
        + "pooling paired, ports preserve, overloaded, the source's last reused")]
    public void A_preset_sets_every_dimension(string preset, string expected)
    {
        GatewaySettings settings = Load(("behavior:preset", preset));
        Assert.Equal(SettingWords.Presets[preset], settings.Pool.Behavior);
        Assert.Equal(expected, $"{BehaviorText.Name(settings.Pool)}: {BehaviorText.Of(settings.Pool)}");
    }

    [Fact]
    public void Without_a_preset_the_default_holds()
    {
        GatewaySettings settings = Load();
        Assert.Equal(("default", TranslationBehavior.Default), (settings.Pool.Preset, settings.Pool.Behavior));
        Assert.Equal("no limits", BehaviorText.Of(settings.Subscribers));
    }

    [Fact]
    public void A_key_overrides_its_dimension_of_the_preset_and_no_other()
    {
        GatewaySettings settings = Load(
            ("behavior:preset", "cgn"), ("behavior:portChoice", "sequential"), ("behavior:quarantine", "30"));
        Assert.Equal(
            TranslationBehavior.Cgn with { Ports = PortChoice.Sequential, Quarantine = TimeSpan.FromSeconds(30) },
            settings.Pool.Behavior);
        Assert.Equal("cgn, changed", BehaviorText.Name(settings.Pool));
    }

    [Fact]
    public void Reads_every_dimension()
    {
        TranslationBehavior behavior = Load(
            ("behavior:mapping", "address-dependent"),
            ("behavior:filtering", "address-dependent"),
            ("behavior:overload", "true"),
            ("behavior:pooling", "arbitrary"),
            ("behavior:portChoice", "random"),
            ("behavior:preserveParity", "false"),
            ("behavior:quarantine", "3600"),
            ("behavior:maxQuarantined", "9")).Pool.Behavior;
        TranslationBehavior expected = new()
        {
            Mapping = MappingBehavior.AddressDependent,
            Filtering = FilteringBehavior.AddressDependent,
            Overload = true,
            Pooling = PoolingBehavior.Arbitrary,
            Ports = PortChoice.Random,
            PreserveParity = false,
            Quarantine = TimeSpan.FromHours(1),
            MaxQuarantined = 9,
        };
        Assert.Equal(expected, behavior);
    }

    [Fact]
    public void Reads_limits_timers_and_what_is_translated_at_all()
    {
        GatewaySettings settings = Load(
            ("subscribers:maxSessions", "1000"),
            ("subscribers:maxPorts", "500"),
            ("subscribers:newSessionsPerSecond", "50"),
            ("timers:other", "60"),
            ("timers:tcpTimeWait", "10"),
            ("sessions:tcpWindows", "strict"),
            ("timers:byPort", "udp:53=10,tcp:22=86400"),
            ("timers:shortenWhenFull", "true"),
            ("behavior:otherProtocols", "true"),
            ("internal:untranslatedDestinations", "198.51.100.0/24, 198.18.0.0/15 udp 53, 198.51.100.9/32 47"));
        Assert.Equal(
            new SubscriberLimits { Sessions = 1000, Ports = 500, NewSessionsPerSecond = 50 }, settings.Subscribers);
        Assert.Equal(
            "at most 1000 sessions, 500 ports, 50 new sessions per second", BehaviorText.Of(settings.Subscribers));
        PortTimer[] byPort =
        [
            new(IpProtocol.Udp, 53, TimeSpan.FromSeconds(10)),
            new(IpProtocol.Tcp, 22, TimeSpan.FromDays(1)),
        ];
        Assert.Equal(byPort, settings.Timers.ByPort);
        Assert.Equal(TimeSpan.FromMinutes(1), settings.Timers.Other);
        Assert.Equal(TimeSpan.FromSeconds(10), settings.Timers.TcpTimeWait);
        Assert.Equal(TcpWindowTracking.Strict, settings.TcpWindows);
        Assert.True(settings.Timers.ShortenWhenFull);
        Assert.True(settings.OtherProtocols);
        UntranslatedDestination[] untranslated =
        [
            new(new IPv4Prefix(IPv4Address.Parse("198.51.100.0"), 24)),
            new(new IPv4Prefix(IPv4Address.Parse("198.18.0.0"), 15), IpProtocol.Udp, new PortRange(53, 53)),
            new(new IPv4Prefix(IPv4Address.Parse("198.51.100.9"), 32), (IpProtocol)47),
        ];
        Assert.Equal(untranslated, settings.UntranslatedDestinations);
    }

    [Theory]
    [InlineData("behavior:preset", "cone", "--preset: preset 'cone': must be one of default, full-cone, cgn, "
        + "symmetric, netfilter")]
    [InlineData("behavior:mapping", "EndpointIndependent", "behavior:mapping: mapping behaviour 'EndpointIndependent': "
        + "must be one of endpoint-independent, address-dependent, address-and-port-dependent")]
    [InlineData("behavior:filtering", "", "behavior:filtering: filtering behaviour '': must be one of")]
    [InlineData("behavior:pooling", "1", "behavior:pooling: pooling behaviour '1': must be one of paired, arbitrary")]
    [InlineData("behavior:portChoice", "lowest", "'lowest': must be one of preserve, random, sequential")]
    [InlineData("behavior:overload", "on", "behavior:overload: overloading of ports 'on': must be true or false")]
    [InlineData("behavior:quarantine", "3601", "quarantine '3601': must be a whole number, 0 to 3600")]
    [InlineData("behavior:maxQuarantined", "0", "number of ports in quarantine '0': must be a whole number, 1 to")]
    [InlineData("subscribers:maxSessions", "-1", "'-1': must be a whole number, 0 to 2147483647")]
    [InlineData("subscribers:newSessionsPerSecond", "1000001", "'1000001': must be a whole number, 0 to 1000000")]
    [InlineData("sessions:tcpWindows", "lax", "tracking of TCP windows 'lax': must be one of off, liberal, strict")]
    [InlineData("timers:byPort", "udp:53", "timer of a port 'udp:53': must be tcp|udp:PORT=SECONDS")]
    [InlineData("timers:byPort", "icmp:1=5", "timer of a port 'icmp:1=5': must be tcp|udp:PORT=SECONDS")]
    [InlineData("timers:byPort", "udp:53=0", "timer of a port 'udp:53=0': must be tcp|udp:PORT=SECONDS")]
    [InlineData("timers:byPort", "udp=53:1", "timer of a port 'udp=53:1': must be tcp|udp:PORT=SECONDS")]
    [InlineData("internal:untranslatedDestinations", "any", "untranslated destination 'any': must be an IPv4 prefix")]
    [InlineData("internal:untranslatedDestinations", "198.18.0.0/15 sctp", "'198.18.0.0/15 sctp': must be an IPv4")]
    [InlineData("internal:untranslatedDestinations", "198.18.0.0/15 icmp 8", "'198.18.0.0/15 icmp 8': must be an")]
    [InlineData("internal:untranslatedDestinations", "198.18.0.0/15 tcp 0", "'198.18.0.0/15 tcp 0': must be an IPv4")]
    [InlineData("internal:untranslatedDestinations", "198.18.0.0/15 tcp 1 2", "'198.18.0.0/15 tcp 1 2': must be an")]
    public void Says_what_is_wrong_with_a_value(string key, string value, string expected)
    {
        List<SettingFault> faults = [];
        SettingsLoader.Load(With((key, value)), null, faults);
        Assert.Contains(expected, Assert.Single(faults).ToString(), StringComparison.Ordinal);
    }

    private static GatewaySettings Load(params (string Key, string Value)[] values)
    {
        List<SettingFault> faults = [];
        GatewaySettings settings = SettingsLoader.Load(With(values), null, faults);
        Assert.Empty(faults);
        return settings;
    }

    private static Dictionary<string, IReadOnlyList<string>> With(params (string Key, string Value)[] values)
    {
        Dictionary<string, IReadOnlyList<string>> commandLine = new()
        {
            [SettingKeys.InternalInterface.Path] = ["eth1"],
            [SettingKeys.ExternalInterface.Path] = ["eth0"],
        };
        foreach ((string key, string value) in values)
        {
            Assert.Contains(SettingKeys.All, known => known.Path == key);
            commandLine[key] = [value];
        }

        return commandLine;
    }
}
