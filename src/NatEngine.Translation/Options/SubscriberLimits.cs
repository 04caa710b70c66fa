namespace NatEngine.Translation;

/// <summary>What one internal address may have at most (RFC 6888 REQ-4, REQ-5), so that no host takes the NAT from the
/// others.</summary>
public sealed record SubscriberLimits
{
    /// <summary>Sessions at a time.</summary>
    /// <remarks>Defaults to 0: no limit.</remarks>
    public int Sessions { get; init; }

    /// <summary>Mappings at a time, each of which holds an external port; those of published services do not count.
    /// </summary>
    /// <remarks>Defaults to 0: no limit.</remarks>
    public int Ports { get; init; }

    /// <summary>New sessions per second, in the long run; as many at once after a second's silence.</summary>
    /// <remarks>Defaults to 0: no limit; at most 1,000,000.</remarks>
    public int NewSessionsPerSecond { get; init; }

    /// <summary>True if there is any limit.</summary>
    internal bool Any => Sessions > 0 || Ports > 0 || NewSessionsPerSecond > 0;
}
