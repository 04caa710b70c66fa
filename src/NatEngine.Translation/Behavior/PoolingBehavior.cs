namespace NatEngine.Translation;

/// <summary>Which external address a new mapping gets (RFC 4787 section 4.1).</summary>
public enum PoolingBehavior : byte
{
    /// <summary>Always the same for one internal address (RFC 4787 REQ-2, RFC 6888 REQ-2). When that one has no port
    /// left, the internal address gets no new mapping, whatever others have.</summary>
    Paired,

    /// <summary>Any: a random one, or the next that has a port left.</summary>
    Arbitrary,
}
