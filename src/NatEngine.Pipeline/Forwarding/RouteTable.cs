using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;

namespace NatEngine.Pipeline.Forwarding;

/// <summary>The next hops of one link: the connected prefixes and what lies behind routers.</summary>
/// <remarks>Asked once per direction of a session, so a search from the longest prefix to the shortest will
/// do.</remarks>
internal sealed class RouteTable
{
    private readonly Entry[] _entries;

    internal RouteTable(IEnumerable<IPv4Prefix> connected, IEnumerable<Route> routes)
    {
        // Stable: among prefixes of one length, connected ones first, then routes in the order given.
        _entries = connected.Select(prefix => new Entry(prefix, null))
            .Concat(routes.Select(route => new Entry(route.Destination, route.Gateway)))
            .OrderByDescending(entry => entry.Prefix.Length)
            .ToArray();
    }

    /// <summary>Finds who takes packets to <paramref name="destination"/> on this link.</summary>
    /// <param name="destination">Where a packet goes.</param>
    /// <param name="nextHop">The router, or the destination itself if it is on the link.</param>
    /// <param name="isRouter">True if <paramref name="nextHop"/> is a router.</param>
    /// <returns>False if there is no route, or the destination is the broadcast address of a connected prefix, which is
    /// not forwarded to (RFC 2644).</returns>
    internal bool TryFind(IPv4Address destination, out IPv4Address nextHop, out bool isRouter)
    {
        foreach (Entry entry in _entries)
        {
            if (entry.Prefix.Contains(destination))
            {
                isRouter = entry.Gateway is not null;
                nextHop = entry.Gateway ?? destination;
                return isRouter || !IsBroadcast(entry.Prefix, destination);
            }
        }

        nextHop = default;
        isRouter = false;
        return false;
    }

    /// <summary>True for an address that is reached here by more than a default route.</summary>
    internal bool Knows(IPv4Address address)
    {
        foreach (Entry entry in _entries)
        {
            if (entry.Prefix.Contains(address))
            {
                return entry.Prefix.Length > 0;
            }
        }

        return false;
    }

    /// <summary>True for the broadcast address of a connected prefix. Errors about packets to one are not sent (RFC
    /// 1812 section 4.3.2.7).</summary>
    internal bool IsBroadcast(IPv4Address destination)
    {
        foreach (Entry entry in _entries)
        {
            if (entry.Prefix.Contains(destination))
            {
                return entry.Gateway is null && IsBroadcast(entry.Prefix, destination);
            }
        }

        return false;
    }

    // A link of /31 has two hosts and no broadcast address (RFC 3021); the network's own number is the old form of it
    // (RFC 1122 section 3.3.6).
    private static bool IsBroadcast(IPv4Prefix prefix, IPv4Address address)
        => prefix.Length <= 30 && (address == prefix.Last || address == prefix.Network);

    private readonly record struct Entry(IPv4Prefix Prefix, IPv4Address? Gateway);
}
