namespace NatEngine.Conformance;

/// <summary>What a NAT is put up with for some of the probes.</summary>
public enum Arrangement
{
    /// <summary>As it is configured, in the lab's addresses.</summary>
    AsConfigured,

    /// <summary>With timers of seconds in place of minutes: <see cref="ShortenedTimers"/>.</summary>
    ShortTimers,

    /// <summary>With so few ports, and quotas so small, that they can be used up: <see cref="ScarceResources"/>.
    /// </summary>
    FewPorts,
}
