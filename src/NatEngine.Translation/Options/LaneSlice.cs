using NatEngine.Packets;

namespace NatEngine.Translation;

/// <summary>What of external ports and internal hosts is one lane's.</summary>
/// <param name="Division">Who is whose.</param>
/// <param name="Lane">The lane, from 0.</param>
public readonly record struct LaneSlice(LaneDivision Division, int Lane)
{
    /// <summary>True if an external port, or ICMP identifier, is the lane's.</summary>
    public bool Has(int port) => Division.OfPort(port) == Lane;

    /// <summary>True if an internal host is.</summary>
    public bool Has(IPv4Address host) => Division.OfHost(host) == Lane;

    /// <summary>The port that stands in the lane's own stripe where <paramref name="port"/> stands in its: a port drawn
    /// among all becomes one drawn among the lane's. May be one beyond 65,535.</summary>
    internal int Near(int port)
        => port + ((Lane - Division.OfPort(port)) * Division.StripeLength);
}
