using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Host.Planning;

/// <summary>Looks at the machine: rtnetlink and /proc, in the network namespace of the process.</summary>
internal static class MachineReader
{
    private const string LocalPortsPath = "/proc/sys/net/ipv4/ip_local_port_range";
    private const string ForwardingPath = "/proc/sys/net/ipv4/ip_forward";
    private const string StatusPath = "/proc/self/status";

    /// <summary>Looks.</summary>
    /// <exception cref="DeviceException">The kernel gave an error.</exception>
    /// <exception cref="IOException">/proc is not there.</exception>
    internal static Machine Read()
    {
        ILookup<int, LinkAddress> addresses = Netlink.ReadAddresses().ToLookup(one => one.InterfaceIndex);
        return new Machine
        {
            Interfaces = [.. Netlink.ReadLinks().Select(link => Interface(link, addresses[link.Index]))],
            Routes = [.. Netlink.ReadRoutes().Where(route => route.InterfaceIndex != 0).Select(Route)],
            LocalPorts = ParseLocalPorts(File.ReadAllText(LocalPortsPath)),
            Forwards = File.ReadAllText(ForwardingPath).Trim() != "0",
            Capabilities = ParseCapabilities(File.ReadLines(StatusPath)),
            Cores = Environment.ProcessorCount,
        };
    }

    /// <summary>Reads the two numbers of <c>ip_local_port_range</c>.</summary>
    internal static PortRange ParseLocalPorts(string text)
    {
        string[] ends = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return new PortRange(
            ushort.Parse(ends[0], CultureInfo.InvariantCulture), ushort.Parse(ends[1], CultureInfo.InvariantCulture));
    }

    /// <summary>Reads the line <c>CapEff:</c> of a process's status (proc(5)).</summary>
    internal static ulong ParseCapabilities(IEnumerable<string> status)
    {
        const string Key = "CapEff:";
        string line = status.First(line => line.StartsWith(Key, StringComparison.Ordinal));
        return ulong.Parse(line.AsSpan(Key.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    /// <summary>The hardware address of a station; not a station's for what is no Ethernet.</summary>
    internal static MacAddress StationOf(LinkState link)
    {
        byte[] station = link.HardwareAddress.GetAddressBytes();
        return station.Length == MacAddress.Length ? MacAddress.Read(station) : default;
    }

    private static HostInterface Interface(LinkState link, IEnumerable<LinkAddress> addresses) => new(
        link.Index,
        link.Name,
        link.IsUp,
        StationOf(link),
        link.Mtu,
        [.. addresses.Select(one => new InterfaceAddress(IPv4Address.From(one.Address), (byte)one.PrefixLength))]);

    private static HostRoute Route(Devices.Route route) => new(
        new IPv4Prefix(IPv4Address.From(route.Destination.BaseAddress), route.Destination.PrefixLength),
        route.Gateway is IPAddress gateway ? IPv4Address.From(gateway) : null,
        route.InterfaceIndex,
        route.Metric);
}
