namespace NatEngine.Conformance;

/// <summary>What there is in <see cref="Arrangement.FewPorts"/>.</summary>
public static class ScarceResources
{
    /// <summary>The first of the ports that unprivileged ones become, on the one external address; the first of a
    /// lane's, too.</summary>
    public const int FirstPort = 20_032;

    /// <summary>Where well-known ports are kept apart from others: the first that is none.</summary>
    public const int FirstUnprivilegedPort = 1024;

    /// <summary>How many there are below that, in this case. They are for well-known ones.</summary>
    public const int WellKnownPorts = 16;

    /// <summary>Ports of one internal address, where they are limited.</summary>
    public const int SubscriberPorts = 6;

    /// <summary>Sessions of one internal address, where they are limited; so few that they can all be opened, at no
    /// more than <see cref="SubscriberRate"/>, long before the first of them ends.</summary>
    public const int SubscriberSessions = 24;

    /// <summary>New sessions per second of one internal address, where they are limited.</summary>
    public const int SubscriberRate = 20;

    /// <summary>How many ports of each protocol one of so many lanes has, on the one external address.</summary>
    public static int PortsOfLane(int lanes) => lanes == 1 ? 32 : 16;

    /// <summary>How many all of them have.</summary>
    public static int Ports(int lanes) => lanes * PortsOfLane(lanes);

    /// <summary>Seconds that an unanswered UDP session lives.</summary>
    public const int UdpUnreplied = 2;

    /// <summary>Seconds that a freed port is left alone, where any are.</summary>
    public const int Quarantine = 2;
}
