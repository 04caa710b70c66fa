using NatEngine.Packets;

namespace NatEngine.Pipeline;

/// <summary>Packets to <paramref name="Destination"/> go to the router <paramref name="Gateway"/> on the same link.
/// </summary>
/// <param name="Destination">The addresses that the route is for; 0.0.0.0/0 is the default route.</param>
/// <param name="Gateway">The router's address. It is taken to be on the link, whether or not a connected prefix says
/// so.</param>
public readonly record struct Route(IPv4Prefix Destination, IPv4Address Gateway);
