using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;
using System.Text.Json;
using NatEngine.Devices.Tests.Wire;

namespace NatEngine.Devices.Tests;

public sealed class NetlinkTests : IDisposable
{
    private readonly VethPair _wire = new();

    [RootFact]
    public void Links_are_those_that_ip_shows()
    {
        _wire.A.Ip("link add bridge0 type bridge");
        _wire.A.Ip("link add c0 mtu 9000 type veth peer name c1");
        _wire.B.Ip("link set b0 down"); // takes the carrier from a0, some time
        Receiving.Until(() => _wire.A.Ip("link show a0").Contains("NO-CARRIER", StringComparison.Ordinal));

        IEnumerable<LinkState> shown = Json(_wire.A.Ip("-j -d link show")).Select(link =>
        {
            string[] flags = [.. link.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()!)];
            return new LinkState(
                link.GetProperty("ifindex").GetInt32(),
                link.GetProperty("ifname").GetString()!,
                PhysicalAddress.Parse(link.GetProperty("address").GetString()!.ToUpperInvariant()),
                link.GetProperty("mtu").GetInt32(),
                flags.Contains("UP"),
                flags.Contains("UP") && !flags.Contains("NO-CARRIER"),
                link.TryGetProperty("linkinfo", out JsonElement kind)
                    ? kind.GetProperty("info_kind").GetString()
                    : null);
        });
        IReadOnlyList<LinkState> read = _wire.A.Run(Netlink.ReadLinks);

        Assert.Equal(shown.OrderBy(link => link.Index), read.OrderBy(link => link.Index));
        Assert.Equal(["a0", "bridge0", "c0", "c1", "lo"], read.Select(link => link.Name).Order());
        Assert.False(read.Single(link => link.Name == "a0").IsRunning);
        Assert.Equal("veth", read.Single(link => link.Name == "a0").Kind);
    }

    [RootFact]
    public void Addresses_are_those_that_ip_shows()
    {
        _wire.A.Ip("addr add 100.64.0.1/24 brd + dev a0");
        _wire.A.Ip("addr add 100.64.0.2/24 dev a0");
        _wire.A.Ip("addr add 203.0.113.1 peer 203.0.113.2/32 dev a0 scope link");

        IEnumerable<LinkAddress> shown =
            from link in Json(_wire.A.Ip("-j -4 addr show"))
            from address in link.GetProperty("addr_info").EnumerateArray()
            select new LinkAddress(
                link.GetProperty("ifindex").GetInt32(),
                IPAddress.Parse(address.GetProperty("local").GetString()!),
                address.GetProperty("prefixlen").GetInt32(),
                address.TryGetProperty("broadcast", out JsonElement broadcast)
                    ? IPAddress.Parse(broadcast.GetString()!)
                    : null,
                Enum.Parse<AddressScope>(address.GetProperty("scope").GetString()!, ignoreCase: true));

        Assert.Equal(shown, _wire.A.Run(Netlink.ReadAddresses));
        Assert.Equal(4, shown.Count());
    }

    [RootFact]
    public void Routes_of_the_main_table_are_those_that_ip_shows()
    {
        _wire.A.Ip("addr add 100.64.0.1/24 dev a0");
        _wire.A.Ip("route add default via 100.64.0.254");
        _wire.A.Ip("route add default via 100.64.0.253 metric 50");
        _wire.A.Ip("route add 198.51.100.0/24 dev a0 metric 7");
        _wire.A.Ip("route add blackhole 198.18.0.0/15");
        _wire.A.Ip("route add 203.0.113.0/24 nexthop via 100.64.0.3 nexthop via 100.64.0.4");
        _wire.A.Ip("route add 203.0.113.0/24 via 100.64.0.9 table 1000");
        _wire.A.Run(() => File.WriteAllText("/proc/sys/net/ipv6/conf/a0/disable_ipv6", "0"));
        _wire.A.Ip("route add 203.0.113.128/25 via inet6 fe80::1 dev a0");
        int a0 = Json(_wire.A.Ip("-j link show a0")).Single().GetProperty("ifindex").GetInt32();

        HashSet<Route> read = [.. _wire.A.Run(Netlink.ReadRoutes)];

        Assert.Equal(
            new HashSet<Route>
            {
                new(IPNetwork.Parse("100.64.0.0/24"), null, a0, 0),
                new(IPNetwork.Parse("0.0.0.0/0"), IPAddress.Parse("100.64.0.254"), a0, 0),
                new(IPNetwork.Parse("0.0.0.0/0"), IPAddress.Parse("100.64.0.253"), a0, 50),
                new(IPNetwork.Parse("198.51.100.0/24"), null, a0, 7),
                new(IPNetwork.Parse("198.18.0.0/15"), null, 0, 0),
                new(IPNetwork.Parse("203.0.113.0/24"), IPAddress.Parse("100.64.0.3"), a0, 0),
                new(IPNetwork.Parse("203.0.113.0/24"), IPAddress.Parse("100.64.0.4"), a0, 0),
            },
            read);
        Assert.Equal(
            Json(_wire.A.Ip("-j route show")).Select(route => route.GetProperty("dst").GetString()!).ToHashSet(),
            [.. read.Select(Shown), "203.0.113.128/25"]);
    }

    [RootFact]
    public void A_table_longer_than_one_datagram_is_read_whole()
    {
        _wire.A.Ip("addr add 100.64.0.1/24 dev a0");
        string batch = Path.GetTempFileName();
        File.WriteAllLines(
            batch, Enumerable.Range(0, 5_000).Select(i => $"route add 198.18.{i / 256}.{i % 256}/32 via 100.64.0.2"));
        _wire.A.Ip($"-batch {batch}");
        File.Delete(batch);

        IReadOnlyList<Route> routes = _wire.A.Run(Netlink.ReadRoutes);

        Assert.Equal(5_001, routes.Distinct().Count());
        Assert.Equal(5_001, routes.Count);
    }

    [RootFact]
    public void Each_change_is_told_once()
    {
        using NetlinkMonitor monitor = _wire.A.Run(() => new NetlinkMonitor());
        Assert.Equal(NetworkChanges.None, monitor.Wait(0));

        _wire.A.Ip("addr add 100.64.0.1/24 dev a0");
        Assert.True(monitor.Wait(10_000).HasFlag(NetworkChanges.Addresses));
        Assert.Equal(NetworkChanges.None, monitor.Wait(0));

        _wire.A.Ip("route add default via 100.64.0.2");
        Assert.Equal(NetworkChanges.Routes, monitor.Wait(10_000));

        _wire.A.Ip("link set a0 mtu 1400");
        Assert.True(monitor.Wait(10_000).HasFlag(NetworkChanges.Links));
        Assert.Equal(NetworkChanges.None, monitor.Wait(0));
    }

    [RootFact]
    public void More_changes_than_the_kernel_can_keep_mean_that_all_is_to_be_read_again()
    {
        using NetlinkMonitor monitor = _wire.A.Run(() => new NetlinkMonitor());
        string batch = Path.GetTempFileName();
        File.WriteAllLines(
            batch, Enumerable.Range(0, 4_000).Select(i => $"route add blackhole 198.18.{i / 256}.{i % 256}/32"));
        _wire.A.Ip($"-batch {batch}");
        File.Delete(batch);

        Assert.Equal(NetworkChanges.All, monitor.Wait(10_000));
        Assert.Equal(NetworkChanges.None, monitor.Wait(0));
        _wire.A.Ip("route add blackhole 203.0.113.1/32");
        Assert.Equal(NetworkChanges.Routes, monitor.Wait(10_000));
    }

    [RootFact]
    public void A_waiting_thread_can_be_woken()
    {
        using NetlinkMonitor monitor = _wire.A.Run(() => new NetlinkMonitor());

        monitor.Wake();

        Assert.Equal(NetworkChanges.None, monitor.Wait(-1));
    }

    [RootFact]
    public void The_local_port_range_is_that_of_the_namespace()
    {
        _wire.A.Run(() => File.WriteAllText("/proc/sys/net/ipv4/ip_local_port_range", "40000 40999"));

        Assert.Equal(new LocalPortRange(40_000, 40_999), _wire.A.Run(LocalPortRange.Read));
        Assert.NotEqual(new LocalPortRange(40_000, 40_999), _wire.B.Run(LocalPortRange.Read));
    }

    public void Dispose() => _wire.Dispose();

    private static string Shown(Route route) => route.Destination.PrefixLength switch
    {
        0 => "default",
        32 => route.Destination.BaseAddress.ToString(),
        _ => route.Destination.ToString(),
    };

    private static JsonElement[] Json(string text) => [.. JsonDocument.Parse(text).RootElement.EnumerateArray()];
}
