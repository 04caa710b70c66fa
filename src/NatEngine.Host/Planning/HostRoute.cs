using NatEngine.Packets;

namespace NatEngine.Host.Planning;

/// <summary>A unicast route of the kernel's main table.</summary>
/// <param name="Destination">What it leads to.</param>
/// <param name="Gateway">The next router; null for hosts on the link itself.</param>
/// <param name="InterfaceIndex">The interface it leaves by.</param>
/// <param name="Metric">Among routes to the same destination the lowest wins.</param>
internal readonly record struct HostRoute(
    IPv4Prefix Destination, IPv4Address? Gateway, int InterfaceIndex, uint Metric);
