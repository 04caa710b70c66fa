using NatEngine.Packets;

namespace NatEngine.Translation.Explaining;

/// <summary>What an internal address has of what it may have.</summary>
/// <param name="Address">The internal address.</param>
/// <param name="Limits">What it may have; 0 is no limit.</param>
/// <param name="Sessions">Its sessions.</param>
/// <param name="Ports">Its dynamic mappings.</param>
/// <param name="NewSessions">How many sessions it may open at once now, as far as the rate allows.</param>
public sealed record SubscriberStanding(
    IPv4Address Address, SubscriberLimits Limits, uint Sessions, uint Ports, uint NewSessions);
