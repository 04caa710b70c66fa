using System;
using System.Collections.Generic;
using NatEngine.Host.Guarding;
using NatEngine.Host.Planning;
using NatEngine.Host.Settings;
using NatEngine.Packets;
using NatEngine.Pipeline;
using NatEngine.Translation;

namespace NatEngine.Host.Tests.Planning;

public sealed class GatewayPlannerTests
{
    private static readonly HostInterface Lan = new(
        2, "eth1", true, new MacAddress(0x020000000001), 1500, [At("100.64.0.1", 16)]);

    private static readonly HostInterface Wan = new(
        3, "eth0", true, new MacAddress(0x020000000002), 1400, [At("203.0.113.1", 24), At("203.0.113.2", 24)]);

    private static readonly Machine Box = new()
    {
        Interfaces =
        [
            new HostInterface(1, "lo", true, default, 65536, [At("127.0.0.1", 8)]),
            Lan,
            Wan,
            new HostInterface(4, "mgmt", true, new MacAddress(0x020000000003), 1500, [At("198.51.100.9", 24)]),
        ],
        Routes =
        [
            Route("100.64.0.0/16", null, 2),
            Route("203.0.113.0/24", null, 3),
            Route("0.0.0.0/0", "203.0.113.254", 3),
            Route("198.18.0.0/15", "203.0.113.253", 3),
            Route("100.80.0.0/16", "100.64.0.2", 2),
        ],
        LocalPorts = new PortRange(32768, 60999),
        Forwards = false,
        Capabilities = ulong.MaxValue,
        Cores = 2,
    };

    private static readonly GatewaySettings Plain = new() { InternalInterface = "eth1", ExternalInterface = "eth0" };

    [Fact]
    public void Shares_the_external_interfaces_first_address_by_default()
    {
        GatewayPlan plan = Make(Plain);

        Assert.Equal(AddressMode.Shared, plan.Mode);
        Assert.Equal([Address("203.0.113.1")], plan.Translation.ExternalAddresses);
        Assert.Equal([new PortRange(32768, 60999)], plan.Translation.ExcludedPorts);
        Assert.Empty(plan.ExternalPort.OwnedAddresses);
        Assert.Equal(
            [Address("203.0.113.1"), Address("203.0.113.2"), Address("198.51.100.9")], plan.ExternalPort.HostAddresses);
        Assert.Equal(Address("203.0.113.1"), plan.Guard.SharedAddress);
        Assert.Equal([new PortRange(1024, 32767), new PortRange(61000, 65535)], plan.Guard.TcpPorts);
        Assert.Equal(plan.Guard.TcpPorts, plan.ExternalPort.GuardedTcpPorts);
        Assert.Equal(plan.Guard.UdpPorts, plan.ExternalPort.GuardedUdpPorts);
        Assert.Empty(plan.Warnings);
    }

    [Fact] // it may be a hairpin
    public void What_comes_from_inside_for_the_shared_address_is_translations_to_judge_first()
        => Assert.Equal(
            [Address("100.64.0.1"), Address("198.51.100.9"), Address("203.0.113.2")],
            Make(Plain).InternalPort.HostAddresses);

    [Fact]
    public void Any_one_address_of_the_interface_can_be_shared()
    {
        GatewayPlan plan = Make(Plain with { Pool = new PoolSettings { ExternalAddresses = [Range("203.0.113.2")] } });
        Assert.Equal(AddressMode.Shared, plan.Mode);
        Assert.Equal([Address("203.0.113.2")], plan.Translation.ExternalAddresses);
    }

    [Fact]
    public void Owns_addresses_that_are_not_the_hosts_with_all_their_ports()
    {
        GatewayPlan plan = Make(Plain with
        {
            Pool = new PoolSettings { ExternalAddresses = [Range("203.0.113.10-203.0.113.12")] },
        });

        Assert.Equal(AddressMode.Owned, plan.Mode);
        Assert.Equal(
            [Address("203.0.113.10"), Address("203.0.113.11"), Address("203.0.113.12")],
            plan.ExternalPort.OwnedAddresses);
        Assert.Equal(plan.ExternalPort.OwnedAddresses, plan.Translation.ExternalAddresses);
        Assert.Empty(plan.Translation.ExcludedPorts);
        Assert.Null(plan.Guard.SharedAddress);
        Assert.Empty(plan.Guard.TcpPorts);
    }

    [Fact]
    public void Takes_links_routes_and_prefixes_from_the_kernel()
    {
        GatewayPlan plan = Make(Plain);

        Assert.Equal(Wan.HardwareAddress, plan.ExternalPort.HardwareAddress);
        Assert.Equal(1400, plan.ExternalPort.Mtu);
        Assert.Equal([Prefix("203.0.113.0/24")], plan.ExternalPort.Connected);
        Assert.Equal(
            [new Route(Prefix("198.18.0.0/15"), Address("203.0.113.253")),
             new Route(Prefix("0.0.0.0/0"), Address("203.0.113.254"))],
            plan.ExternalPort.Routes);
        Assert.Equal([Prefix("100.64.0.0/16")], plan.InternalPort.Connected);
        Assert.Equal([new Route(Prefix("100.80.0.0/16"), Address("100.64.0.2"))], plan.InternalPort.Routes);
        Assert.Equal([Prefix("100.64.0.0/16"), Prefix("100.80.0.0/16")], plan.Translation.InternalPrefixes);
    }

    [Fact]
    public void A_gateway_that_is_given_takes_the_place_of_the_kernels_default_route_only()
    {
        GatewayPlan plan = Make(Plain with { ExternalGateway = Address("203.0.113.250") });
        Assert.Equal(
            [new Route(Prefix("198.18.0.0/15"), Address("203.0.113.253")),
             new Route(Prefix("0.0.0.0/0"), Address("203.0.113.250"))],
            plan.ExternalPort.Routes);
    }

    [Fact]
    public void Of_two_default_routes_the_one_with_the_lower_metric_comes_first()
    {
        Machine machine = Box with
        {
            Routes = [Route("0.0.0.0/0", "203.0.113.9", 3, 100), Route("0.0.0.0/0", "203.0.113.8", 3, 50)],
        };
        Assert.Equal(Address("203.0.113.8"), Make(Plain, machine).ExternalPort.Routes[0].Gateway);
    }

    [Fact]
    public void A_published_port_is_the_engines_even_among_those_left_alone()
    {
        GatewayPlan plan = Make(Plain with { Published = [Publish("tcp:80=100.64.0.10:8080")] });
        Assert.Equal(
            [new PortRange(80, 80), new PortRange(1024, 32767), new PortRange(61000, 65535)], plan.Guard.TcpPorts);
        Assert.Equal([new PortRange(1024, 32767), new PortRange(61000, 65535)], plan.Guard.UdpPorts);
    }

    [Fact]
    public void Says_which_layout_and_why()
    {
        Assert.Equal("default on 2 cores", Make(Plain).LayoutReason);
        GatewayPlan asked = Make(Plain with { Layout = PipelineLayout.ThreadPerStage }, Box with { Cores = 5 });
        Assert.Equal(PipelineLayout.ThreadPerStage, asked.Layout);
        Assert.Equal("asked for by --layout", asked.LayoutReason);
    }

    [Theory]
    [InlineData(5, 1, 5, 20)]
    [InlineData(5, 1, 4, 0)]
    [InlineData(1, 2, 1, 0)]
    [InlineData(1, 2, 2, 20)]
    [InlineData(1, 1, 1, 20)] // alone, it keeps nobody from anything
    public void Threads_that_share_a_processor_do_not_look_for_work_before_they_sleep(
        int threads, int lanes, int cores, int microseconds)
    {
        PipelineLayout layout = threads == 1 ? PipelineLayout.RunToCompletion : PipelineLayout.ThreadPerStage;
        GatewayPlan plan = Make(Plain with { Layout = layout, Lanes = lanes }, Box with { Cores = cores });

        Assert.Equal(TimeSpan.FromMicroseconds(microseconds), plan.IdleSpin);
        Assert.Equal(microseconds == 0, plan.LayoutReason.EndsWith(
            "; idle threads sleep at once, they share processors", StringComparison.Ordinal));
    }

    [Fact]
    public void Asked_to_look_for_work_they_do_wherever_they_are()
    {
        GatewaySettings asked = Plain with
        {
            Layout = PipelineLayout.ThreadPerStage,
            IdleSpin = TimeSpan.FromMicroseconds(50),
            IsGiven = key => key == SettingKeys.IdleSpin,
        };

        Assert.Equal(asked.IdleSpin, Make(asked).IdleSpin);
    }

    [Fact]
    public void Warns_of_what_may_surprise()
    {
        GatewayPlan plan = Make(
            Plain with { HasGuard = false, Published = [Publish("tcp:40000=100.64.0.10:80")] },
            Box with { Routes = [], Forwards = true });
        Assert.Collection(
            plan.Warnings,
            first => Assert.Contains("published port 40000", first, StringComparison.Ordinal),
            second => Assert.Contains("no default route on eth0", second, StringComparison.Ordinal),
            third => Assert.Contains("and forwards them", third, StringComparison.Ordinal));
    }

    [Fact]
    public void Guards_the_hosts_addresses_but_not_loopback()
    {
        GuardPlan guard = Make(Plain).Guard;
        Assert.Equal(
            [Address("100.64.0.1"), Address("198.51.100.9"), Address("203.0.113.1"), Address("203.0.113.2")],
            guard.InternalHostAddresses);
        Assert.Equal(
            [Address("198.51.100.9"), Address("203.0.113.1"), Address("203.0.113.2")], guard.ExternalHostAddresses);
    }

    [Fact] // without the guard the kernel sees every port, and answers for those that nobody translates
    public void Without_a_guard_no_port_is_kept_from_the_kernel()
    {
        GatewayPlan plan = Make(Plain with { HasGuard = false });
        Assert.Empty(plan.ExternalPort.GuardedTcpPorts);
        Assert.Empty(plan.ExternalPort.GuardedUdpPorts);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Other_protocols_are_kept_from_the_kernel_if_they_are_translated(bool translated, bool hasGuard)
    {
        GatewayPlan plan = Make(Plain with { OtherProtocols = translated, HasGuard = hasGuard });
        Assert.Equal(translated, plan.Guard.OtherProtocols);
        Assert.Equal(translated && hasGuard, plan.ExternalPort.GuardsOtherProtocols);
    }

    private static GatewayPlan Make(GatewaySettings settings, Machine? machine = null)
    {
        List<SettingFault> faults = [];
        GatewayPlan? plan = GatewayPlanner.Plan(settings, machine ?? Box, faults);
        Assert.Empty(faults);
        Assert.NotNull(plan);
        return plan;
    }

    private static IPv4Address Address(string text) => IPv4Address.Parse(text);

    private static InterfaceAddress At(string address, byte length) => new(Address(address), length);

    private static IPv4Prefix Prefix(string text)
    {
        Assert.True(IPv4Prefix.TryParse(text, out IPv4Prefix prefix));
        return prefix;
    }

    private static HostRoute Route(string destination, string? gateway, int index, uint metric = 0)
        => new(Prefix(destination), gateway is null ? null : Address(gateway), index, metric);

    private static AddressRange Range(string text)
    {
        Assert.True(AddressRange.TryParse(text, out AddressRange range));
        return range;
    }

    private static PublishedService Publish(string text)
    {
        Assert.True(SettingTexts.TryParsePublished(text, out PublishedService service));
        return service;
    }
}
