namespace NatEngine.Pipeline;

/// <summary>How it is known where a packet comes in.</summary>
public enum IngressChoice
{
    /// <summary>Somebody said so, or the packet was there.</summary>
    Given,

    /// <summary>Packets of its session in its direction come in there.</summary>
    Session,

    /// <summary>Its source is reached through that interface, by a network of it or a route.</summary>
    Route,

    /// <summary>Nothing says that its source is inside.</summary>
    Otherwise,
}
