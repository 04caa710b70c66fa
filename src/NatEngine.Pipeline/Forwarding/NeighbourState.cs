namespace NatEngine.Pipeline.Forwarding;

/// <summary>How much is known of a neighbour's hardware address: the states of RFC 4861 section 7.3.2, which Linux
/// gives to ARP as well, and which satisfy RFC 1122 section 2.3.2.1 (time out, poll by unicast).</summary>
internal enum NeighbourState : byte
{
    /// <summary>Nothing, and nothing was asked.</summary>
    None,

    /// <summary>Nothing yet: a request is out.</summary>
    Incomplete,

    /// <summary>Known, and confirmed not long ago.</summary>
    Reachable,

    /// <summary>Known, but not confirmed lately; used, and the first use begins a probe.</summary>
    Stale,

    /// <summary>Known and used while a request is out that is to confirm it.</summary>
    Probe,

    /// <summary>The neighbour did not answer. The next packet to it begins again.</summary>
    Failed,
}
