using System;
using System.Collections.Generic;
using System.Net;
using System.Net.NetworkInformation;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>Reads the kernel's interfaces, IPv4 addresses and IPv4 routes (rtnetlink(7)), those of the network
/// namespace that the calling thread is in.</summary>
/// <remarks>To keep up with changes, open a <see cref="NetlinkMonitor"/> first and read then: nothing falls between the
/// two.</remarks>
public static class Netlink
{
    /// <summary>Reads the interfaces.</summary>
    /// <exception cref="DeviceException">The kernel gave an error.</exception>
    public static IReadOnlyList<LinkState> ReadLinks() => Read<LinkState>(Libc.RTM_GETLINK, Libc.RTM_NEWLINK, AddLink);

    /// <summary>Reads the IPv4 addresses of all interfaces.</summary>
    /// <exception cref="DeviceException">The kernel gave an error.</exception>
    public static IReadOnlyList<LinkAddress> ReadAddresses()
        => Read<LinkAddress>(Libc.RTM_GETADDR, Libc.RTM_NEWADDR, AddAddress);

    /// <summary>Reads the IPv4 routes of the main table: unicast ones and those that refuse. A
    /// route whose next hop is an IPv6 address is left out.</summary>
    /// <exception cref="DeviceException">The kernel gave an error.</exception>
    public static IReadOnlyList<Route> ReadRoutes() => Read<Route>(Libc.RTM_GETROUTE, Libc.RTM_NEWROUTE, AddRoute);

    private static List<T> Read<T>(ushort request, ushort answer, NetlinkSocket.Parser<T> parse)
    {
        using NetlinkSocket socket = new();
        return socket.Dump(request, answer, parse);
    }

    private static void AddLink(ReadOnlySpan<byte> message, List<LinkState> links)
    {
        NetlinkReader attributes = BodyOf(message, out Libc.ifinfomsg link);
        string name = "";
        string? kind = null;
        int mtu = 0;
        PhysicalAddress hardwareAddress = PhysicalAddress.None;
        while (attributes.TryReadAttribute(out int type, out ReadOnlySpan<byte> value))
        {
            switch (type)
            {
                case Libc.IFLA_IFNAME:
                    name = Text(value);
                    break;
                case Libc.IFLA_MTU:
                    mtu = MemoryMarshal.Read<int>(value);
                    break;
                case Libc.IFLA_ADDRESS:
                    hardwareAddress = new PhysicalAddress(value.ToArray());
                    break;
                case Libc.IFLA_LINKINFO:
                    kind = KindIn(value);
                    break;
            }
        }

        bool up = (link.ifi_flags & Libc.IFF_UP) != 0;
        bool running = up && (link.ifi_flags & Libc.IFF_RUNNING) != 0;
        links.Add(new LinkState(link.ifi_index, name, hardwareAddress, mtu, up, running, kind));
    }

    private static void AddAddress(ReadOnlySpan<byte> message, List<LinkAddress> addresses)
    {
        NetlinkReader attributes = BodyOf(message, out Libc.ifaddrmsg body);
        IPAddress? address = null;
        IPAddress? local = null;
        IPAddress? broadcast = null;
        while (attributes.TryReadAttribute(out int type, out ReadOnlySpan<byte> value))
        {
            switch (type)
            {
                case Libc.IFA_ADDRESS:
                    address = new IPAddress(value);
                    break;
                case Libc.IFA_LOCAL:
                    local = new IPAddress(value);
                    break;
                case Libc.IFA_BROADCAST:
                    broadcast = new IPAddress(value);
                    break;
            }
        }

        // On a point-to-point interface IFA_ADDRESS is the other end (linux/if_addr.h).
        if (body.ifa_family == Libc.AF_INET && (local ?? address) is IPAddress own)
        {
            addresses.Add(new LinkAddress(
                (int)body.ifa_index, own, body.ifa_prefixlen, broadcast, (AddressScope)body.ifa_scope));
        }
    }

    private static void AddRoute(ReadOnlySpan<byte> message, List<Route> routes)
    {
        NetlinkReader attributes = BodyOf(message, out Libc.rtmsg body);
        RouteAttributes route = RouteAttributes.Read(attributes, body.rtm_table);
        bool isCached = (body.rtm_flags & Libc.RTM_F_CLONED) != 0;
        if (body.rtm_family != Libc.AF_INET || route.Table != Libc.RT_TABLE_MAIN || isCached)
        {
            return;
        }

        IPNetwork destination = new(route.Destination ?? IPAddress.Any, body.rtm_dst_len);
        if (body.rtm_type is Libc.RTN_BLACKHOLE or Libc.RTN_UNREACHABLE or Libc.RTN_PROHIBIT)
        {
            routes.Add(new Route(destination, Gateway: null, InterfaceIndex: 0, route.Metric));
        }
        else if (body.rtm_type == Libc.RTN_UNICAST)
        {
            route.AddHops(destination, body.rtm_flags, routes);
        }
    }

    private static NetlinkReader BodyOf<T>(ReadOnlySpan<byte> message, out T body)
        where T : unmanaged
    {
        body = MemoryMarshal.Read<T>(message);
        return new NetlinkReader(message[Unsafe.SizeOf<T>()..]);
    }

    private static string? KindIn(ReadOnlySpan<byte> linkInfo)
    {
        NetlinkReader attributes = new(linkInfo);
        while (attributes.TryReadAttribute(out int type, out ReadOnlySpan<byte> value))
        {
            if (type == Libc.IFLA_INFO_KIND)
            {
                return Text(value);
            }
        }

        return null;
    }

    private static string Text(ReadOnlySpan<byte> zeroTerminated)
        => Encoding.UTF8.GetString(zeroTerminated.TrimEnd((byte)0));
}
