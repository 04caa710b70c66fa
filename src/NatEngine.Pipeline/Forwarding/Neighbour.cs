using NatEngine.Packets;

namespace NatEngine.Pipeline.Forwarding;

/// <summary>What a packet on its way needs of its next hop: sixteen octets, found by number.</summary>
internal struct Neighbour
{
    /// <summary>The hardware address; zero while unknown.</summary>
    public MacAddress Station;

    /// <summary>Whose it is.</summary>
    public IPv4Address Address;

    /// <summary>True for a router: packets to others go to it. False for a host: only packets to <see cref="Address"/>
    /// do.</summary>
    public bool IsRouter;

    /// <summary>True if a packet may just be sent; false if <see cref="NeighbourTable.Use"/> must be asked.</summary>
    public bool IsSettled;

    /// <summary>True if a packet to <paramref name="destination"/> may be sent here without asking further.</summary>
    /// <remarks>A number that a session remembers may have become another neighbour's since; a host's address that is
    /// not the packet's shows it. Routers keep their numbers.</remarks>
    public readonly bool Takes(IPv4Address destination) => IsSettled && (IsRouter || Address == destination);
}
