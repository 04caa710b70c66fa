namespace NatEngine.Conformance;

/// <summary>What there is in <see cref="Arrangement.FewPorts"/>.</summary>
public static class ScarceResources
{
    /// <summary>Ports of each protocol that unprivileged ones become, on the one external address.</summary>
    public const int Ports = 32;

    /// <summary>The first of them.</summary>
    public const int FirstPort = 20_000;

    /// <summary>The first of so many where well-known ports are kept apart from others. Those below 1024 are for
    /// well-known ones.</summary>
    public const int FirstPortOfBothClasses = 1008;

    /// <summary>The last of so many, in that case.</summary>
    public const int LastPortOfBothClasses = 1023 + Ports;

    /// <summary>Ports of one internal address, where they are limited.</summary>
    public const int SubscriberPorts = 6;

    /// <summary>Sessions of one internal address, where they are limited.</summary>
    public const int SubscriberSessions = 30;

    /// <summary>New sessions per second of one internal address, where they are limited.</summary>
    public const int SubscriberRate = 20;

    /// <summary>Seconds that an unanswered UDP session lives.</summary>
    public const int UdpUnreplied = 2;

    /// <summary>Seconds that a freed port is left alone, where any are.</summary>
    public const int Quarantine = 2;
}
