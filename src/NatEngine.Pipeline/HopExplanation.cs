using NatEngine.Packets;
using NatEngine.Pipeline.Forwarding;

namespace NatEngine.Pipeline;

/// <summary>Who takes a packet on the link that it leaves by.</summary>
public sealed record HopExplanation
{
    /// <summary>The router, or the destination itself if that is on the link; null if there is no route.</summary>
    public IPv4Address? NextHop { get; init; }

    /// <summary>True if it is a router.</summary>
    public bool IsRouter { get; init; }

    /// <summary>What is known of its hardware address, in the words of RFC 4861 section 7.3.2: None, Incomplete,
    /// Reachable, Stale, Probe or Failed.</summary>
    public string Neighbour => State.ToString();

    /// <summary>Its hardware address; all zero while unknown.</summary>
    public MacAddress Station { get; init; }

    /// <summary>The longest IPv4 packet that the link takes, in octets.</summary>
    public required int Mtu { get; init; }

    internal NeighbourState State { get; init; }
}
