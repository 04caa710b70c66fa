using System;
using System.Collections.Generic;
using System.Net;
using System.Runtime.InteropServices;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>The attributes of one RTM_NEWROUTE message.</summary>
internal ref struct RouteAttributes
{
    private IPAddress? _gateway;
    private int _interfaceIndex;
    private bool _hasForeignGateway;
    private ReadOnlySpan<byte> _nextHops;

    /// <summary>Where the route leads; null for everywhere.</summary>
    internal IPAddress? Destination { get; private set; }

    /// <summary>The routing table it is in.</summary>
    internal uint Table { get; private set; }

    /// <summary>Its metric.</summary>
    internal uint Metric { get; private set; }

    /// <summary>Reads them.</summary>
    /// <param name="attributes">The message's attributes.</param>
    /// <param name="table">The table by the message's header, which an attribute overrides if it is above 255.</param>
    internal static RouteAttributes Read(NetlinkReader attributes, byte table)
    {
        RouteAttributes route = new() { Table = table };
        while (attributes.TryReadAttribute(out int type, out ReadOnlySpan<byte> value))
        {
            switch (type)
            {
                case Libc.RTA_DST:
                    route.Destination = new IPAddress(value);
                    break;
                case Libc.RTA_TABLE:
                    route.Table = MemoryMarshal.Read<uint>(value);
                    break;
                case Libc.RTA_PRIORITY:
                    route.Metric = MemoryMarshal.Read<uint>(value);
                    break;
                case Libc.RTA_OIF:
                    route._interfaceIndex = MemoryMarshal.Read<int>(value);
                    break;
                case Libc.RTA_GATEWAY:
                    route._gateway = new IPAddress(value);
                    break;
                case Libc.RTA_VIA:
                    route._hasForeignGateway = true;
                    break;
                case Libc.RTA_MULTIPATH:
                    route._nextHops = value;
                    break;
            }
        }

        return route;
    }

    /// <summary>Adds a route for each next hop that can be used.</summary>
    internal readonly void AddHops(IPNetwork destination, uint flags, List<Route> routes)
    {
        if (_nextHops.IsEmpty)
        {
            if (_interfaceIndex != 0)
            {
                AddHop(destination, this, _interfaceIndex, flags, routes);
            }

            return;
        }

        NetlinkReader hops = new(_nextHops);
        while (hops.TryReadNextHop(out Libc.rtnexthop hop, out ReadOnlySpan<byte> attributes))
        {
            AddHop(destination, Read(new NetlinkReader(attributes), 0), hop.rtnh_ifindex, hop.rtnh_flags, routes);
        }
    }

    private readonly void AddHop(
        IPNetwork destination, RouteAttributes hop, int interfaceIndex, uint flags, List<Route> routes)
    {
        if (!hop._hasForeignGateway && (flags & Libc.RTNH_F_DEAD) == 0)
        {
            routes.Add(new Route(destination, hop._gateway, interfaceIndex, Metric));
        }
    }
}
