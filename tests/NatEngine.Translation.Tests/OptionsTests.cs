using System;
using System.Collections.Generic;
using NatEngine.Packets;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests;

public sealed class OptionsTests
{
    private static readonly TransportAddress Web = Frames.At("100.64.0.10:80");

    private static readonly TranslationOptions Valid = new()
    {
        ExternalAddresses = [IPv4Address.Parse(Gateway.External)],
        MaxSessions = 100,
    };

    private static readonly DeterministicOptions Computed = new(new IPv4Prefix(Web.Address, 24), 256);

    public static TheoryData<string, string> Contradictions => new()
    {
        { "no address", "ExternalAddresses: 0 addresses: 1 to 4096 are needed." },
        { "address twice", "ExternalAddresses: 203.0.113.1: it is listed twice." },
        {
            "multicast address",
            "ExternalAddresses: 224.0.0.1: a host must be able to have it (RFC 1812 section 5.3.7)."
        },
        { "port range from 0", "Ports: 0-100: a range goes from 1 or more to the same or more." },
        { "all ports excluded", "ExcludedPorts: 1024-65535: at least one port of the range must be left." },
        { "nobody's sessions", "MaxSessions: 0: 1 to 100000000." },
        { "timer of a week times four", "Timers.TcpEstablished: 28.00:00:00: 1 second to 20 days." },
        {
            "quarantine of shared ports",
            "Behavior.Quarantine: 00:02:00: a port that several sessions share is never free of all of them: "
                + "not together with overload."
        },
        {
            "kept ports that nobody shares",
            "Behavior.ReuseSourcePort: True: without overload the mapping behaviour says which sessions have the same "
                + "port: only together with overload."
        },
        { "no room in quarantine", "Behavior.MaxQuarantined: 0: 1 to 16777216." },
        {
            "limit of ports that nobody has",
            "Subscribers.Ports: 5: with overload sessions hold no ports of their own: limit the sessions."
        },
        {
            "classes of ports that are not there",
            "Behavior.PreserveRangeClass: 1024-65535: only a range with ports below 1024 and others has two classes"
        },
        {
            "more subscribers than addresses hold",
            "Deterministic.Ratio: 255: the 256 addresses of 100.64.0.0/24 do not fit 1 external ones at 255 each "
                + "(RFC 7422 section 2)."
        },
        { "ratio beyond the ports", "Deterministic.Ratio: 65536: 64512 ports are for 1 to 64512 internal addresses." },
        {
            "computed ports that others share",
            "Deterministic: 100.64.0.0/24: a port that several share is nobody's own: not together with overload"
        },
        {
            "computed address at will",
            "Deterministic: Arbitrary: whoever has ports of his own has them all of one external address: pooling must "
                + "be paired."
        },
        {
            "computed ports with gaps",
            "Deterministic: 1024-65535: everybody has as many ports: none of the range may be excluded."
        },
        {
            "block larger than the range",
            "Blocks.Size: 64513: a block is of 1 to 64512 ports, all that there are."
        },
        { "no block for anybody", "Blocks.MaxPerSubscriber: 0: 1 to 1024 (RFC 6888 REQ-4)." },
        { "blocks released before they are left", "Blocks.ReleaseDelay: -00:00:01: zero to an hour." },
        {
            "blocks of computed ports",
            "Blocks: 64: ports are either given in blocks or computed (deterministic), not both."
        },
        {
            "ports of all protocols",
            "UntranslatedDestinations: UntranslatedDestination { Prefix = 198.18.0.0/15, Protocol = None, Ports = "
                + "1-2 }: only TCP and UDP have ports."
        },
        { "tracking that is none", "TcpWindows: 9: must be off, liberal or strict." },
        { "two timers for a port", "Timers.ByPort: " },
        { "timer of nothing", "Timers.Udp: 00:00:00: 1 second to 20 days." },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void Contradiction_is_refused_naming_key_value_and_rule(string which, string message)
    {
        InvalidOptionException error = Assert.Throws<InvalidOptionException>(
            () => new Translator(Options(which), new Random(1)));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("icmp", "only TCP and UDP have ports to publish")]
    [InlineData("port 0", "port 0 cannot be reached")]
    [InlineData("foreign address", "the address is none of the external ones")]
    [InlineData("external service", "the service's address must be an internal one")]
    [InlineData("outside the prefixes", "the service's address must be an internal one")]
    [InlineData("twice", "another service has that port of 203.0.113.1 already")]
    public void Impossible_service_is_refused(string which, string rule)
    {
        PublishedService good = new(IpProtocol.Tcp, 8080, Web);
        List<PublishedService> services = which switch
        {
            "icmp" => [good with { Protocol = IpProtocol.Icmp }],
            "port 0" => [good with { ExternalPort = 0 }],
            "foreign address" => [good with { ExternalAddress = IPv4Address.Parse("203.0.113.9") }],
            "external service" => [good with { Internal = Frames.At("203.0.113.1:80") }],
            "outside the prefixes" => [good with { Internal = Frames.At("100.65.0.1:80") }],
            _ => [good, good with { ExternalAddress = IPv4Address.Parse(Gateway.External) }],
        };
        TranslationOptions options = Valid with
        {
            Published = services,
            InternalPrefixes = [new IPv4Prefix(IPv4Address.Parse("100.64.0.0"), 16)],
        };
        InvalidOptionException error = Assert.Throws<InvalidOptionException>(
            () => new Translator(options, new Random(1)));
        Assert.StartsWith("Published: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(rule + ".", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1024-65535", 1024, 65535)]
    [InlineData("80", 80, 80)]
    public void Port_range_is_read_and_written(string text, ushort first, ushort last)
    {
        Assert.True(PortRange.TryParse(text, out PortRange range));
        Assert.Equal(new PortRange(first, last), range);
        Assert.Equal(last - first + 1, range.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2-1")]
    [InlineData("1-")]
    [InlineData("1-70000")]
    [InlineData("a-b")]
    public void Port_range_that_is_none_is_refused(string text) => Assert.False(PortRange.TryParse(text, out _));

    [Fact]
    public void Numbers_nobody_can_guess_keep_to_their_bounds()
    {
        CryptographicRandom random = new();
        HashSet<long> seen = [];
        for (int count = 0; count < 2000; count++)
        {
            Assert.InRange(random.Next(7), 0, 6);
            Assert.InRange(random.Next(-3, 4), -3, 3);
            Assert.InRange(random.Next(), 0, int.MaxValue);
            Assert.InRange(random.NextDouble(), 0, 0.999999999999999999);
            Assert.True(seen.Add(random.NextInt64()));
        }
    }

    private static TranslationOptions Options(string which) => which switch
    {
        "no address" => Valid with { ExternalAddresses = [] },
        "address twice" => Valid with
        {
            ExternalAddresses = [IPv4Address.Parse(Gateway.External), IPv4Address.Parse(Gateway.External)],
        },
        "multicast address" => Valid with { ExternalAddresses = [IPv4Address.Parse("224.0.0.1")] },
        "port range from 0" => Valid with { Ports = new PortRange(0, 100) },
        "all ports excluded" => Valid with { ExcludedPorts = [new PortRange(1, 65535)] },
        "nobody's sessions" => Valid with { MaxSessions = 0 },
        "quarantine of shared ports" => Valid with
        {
            Behavior = TranslationBehavior.Symmetric with { Quarantine = TimeSpan.FromSeconds(120) },
        },
        "kept ports that nobody shares" => Valid with
        {
            Behavior = TranslationBehavior.Default with { ReuseSourcePort = true },
        },
        "no room in quarantine" => Valid with { Behavior = TranslationBehavior.Cgn with { MaxQuarantined = 0 } },
        "limit of ports that nobody has" => Valid with
        {
            Behavior = TranslationBehavior.Symmetric,
            Subscribers = new SubscriberLimits { Ports = 5 },
        },
        "classes of ports that are not there" => Valid with
        {
            Behavior = TranslationBehavior.Default with { PreserveRangeClass = true },
        },
        "more subscribers than addresses hold" => Valid with { Deterministic = Computed with { Ratio = 255 } },
        "ratio beyond the ports" => Valid with { Deterministic = Computed with { Ratio = 65536 } },
        "computed ports that others share" => Valid with
        {
            Behavior = TranslationBehavior.Symmetric,
            Deterministic = Computed,
        },
        "computed address at will" => Valid with
        {
            Behavior = TranslationBehavior.Default with { Pooling = PoolingBehavior.Arbitrary },
            Deterministic = Computed,
        },
        "computed ports with gaps" => Valid with
        {
            ExcludedPorts = [new PortRange(32768, 60999)],
            Deterministic = Computed,
        },
        "block larger than the range" => Valid with { Blocks = new PortBlockOptions { Size = 64513 } },
        "no block for anybody" => Valid with { Blocks = new PortBlockOptions { Size = 64, MaxPerSubscriber = 0 } },
        "blocks released before they are left" => Valid with
        {
            Blocks = new PortBlockOptions { Size = 64, ReleaseDelay = TimeSpan.FromSeconds(-1) },
        },
        "blocks of computed ports" => Valid with
        {
            Deterministic = Computed,
            Blocks = new PortBlockOptions { Size = 64 },
        },
        "ports of all protocols" => Valid with
        {
            UntranslatedDestinations =
                [new(new IPv4Prefix(IPv4Address.Parse("198.18.0.0"), 15), IpProtocol.None, new PortRange(1, 2))],
        },
        "tracking that is none" => Valid with { TcpWindows = (TcpWindowTracking)9 },
        "two timers for a port" => Valid with
        {
            Timers = new TimerOptions
            {
                ByPort =
                [
                    new PortTimer(IpProtocol.Udp, 53, TimeSpan.FromSeconds(5)),
                    new PortTimer(IpProtocol.Udp, 53, TimeSpan.FromSeconds(6)),
                ],
            },
        },
        "timer of nothing" => Valid with { Timers = new TimerOptions { Udp = TimeSpan.Zero } },
        _ => Valid with { Timers = new TimerOptions { TcpEstablished = TimeSpan.FromDays(28) } },
    };
}
