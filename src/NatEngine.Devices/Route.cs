using System.Net;

namespace NatEngine.Devices;

/// <summary>An IPv4 route of the main table (<c>RTM_NEWROUTE</c>, rtnetlink(7)). A multipath route is given as one for
/// each of its next hops.</summary>
/// <param name="Destination">Where it leads; 0.0.0.0/0 for the default route.</param>
/// <param name="Gateway">The next hop; null if the destination is on the link.</param>
/// <param name="InterfaceIndex">The kernel's number of the interface; 0 for a route that refuses what matches it
/// (blackhole, unreachable, prohibit).</param>
/// <param name="Metric">Of routes to the same destination the one with the least counts.</param>
public readonly record struct Route(IPNetwork Destination, IPAddress? Gateway, int InterfaceIndex, uint Metric);
