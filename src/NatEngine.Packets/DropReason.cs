namespace NatEngine.Packets;

/// <summary>
/// Why a packet goes no further. One counter each; the names are the metric's label values, the command line's words
/// and the rows of docs/operations.md.
/// </summary>
public enum DropReason : byte
{
    /// <summary>Not dropped.</summary>
    None = 0,

    // What the parser refuses.

    /// <summary>The frame ends before its Ethernet header or the VLAN tags that it announces do.</summary>
    TruncatedEthernet,

    /// <summary>The IPv4 header does not fit, its version is not 4, or its lengths contradict each other or the frame
    /// (RFC 1812 section 5.2.2).</summary>
    MalformedIPv4,

    /// <summary>The IPv4 header's checksum is wrong (RFC 1812 section 5.2.2).</summary>
    BadIPv4Checksum,

    /// <summary>The checksum of an ICMP error is wrong (RFC 5508 REQ-3).</summary>
    BadIcmpChecksum,

    /// <summary>The packet ends before its transport header does, or the header's own lengths are impossible.</summary>
    MalformedTransport,

    /// <summary>An ARP packet that is not for IPv4 over Ethernet, is cut short, or claims an impossible sender
    /// (RFC 826).</summary>
    MalformedArp,

    /// <summary>Source or destination is no address a router may forward for: multicast, broadcast, loopback,
    /// 0.0.0.0/8, 240.0.0.0/4 (RFC 1812 section 5.3.7).</summary>
    Martian,

    // What translation refuses.

    /// <summary>A protocol that is not translated.</summary>
    UnsupportedProtocol,

    /// <summary>A fragment whose session cannot be told: the session of its first fragment has ended, or it is one of
    /// an ICMP error.</summary>
    Fragment,

    /// <summary>A fragment that repeats octets of its packet, or lies beyond its end: of what has passed, nothing may
    /// be replaced in the host that reassembles (RFC 1858, RFC 3128).</summary>
    FragmentOverlap,

    /// <summary>A fragment that came before the first one of its packet, which did not follow in time (RFC 4787
    /// REQ-14a).</summary>
    FragmentTimedOut,

    /// <summary>A fragment that came before the first one of its packet, when as many as are kept were waiting (RFC
    /// 4787 REQ-14a).</summary>
    FragmentQueueFull,

    /// <summary>Inbound, to an external address of ours, and nothing is mapped or published there.</summary>
    NoMapping,

    /// <summary>Inbound, a mapping exists, and the filtering behaviour refuses this remote endpoint (RFC 4787
    /// section 5).</summary>
    Filtered,

    /// <summary>Inbound, and the destination is not an external address of ours.</summary>
    NotOurs,

    /// <summary>Outbound, and the source is not an internal address: one of the external addresses, or outside the
    /// prefixes that are translated (RFC 2827).</summary>
    NotInternal,

    /// <summary>Outbound, without a session, and of a kind that does not open one: a TCP segment without SYN while
    /// mid-stream pick-up is off, a reset, an answer to a query.</summary>
    NotAnOpening,

    /// <summary>A TCP segment that does not fit the state of its session.</summary>
    InvalidTcpState,

    /// <summary>A TCP segment that is not where its connection is: over the window of the receiver, or acknowledging
    /// what nobody has sent. Of resets also those behind what the receiver has acknowledged (RFC 5961 section 3). Only
    /// if windows are tracked.</summary>
    OutOfWindow,

    /// <summary>An ICMP error that embeds no packet of a known session, or too little of one (RFC 5508 section 4).
    /// </summary>
    UnrelatedIcmpError,

    /// <summary>An ICMP message that is neither query nor error (RFC 5508 REQ-11).</summary>
    UnsupportedIcmp,

    /// <summary>No external port is free for a new mapping.</summary>
    PortsExhausted,

    /// <summary>The answers to this packet would look like those of another session: one internal service, published
    /// twice, and one visitor who asks both from the same port; or two internal hosts and one remote one that speak a
    /// protocol without ports.</summary>
    Conflict,

    /// <summary>The internal address has as many sessions or ports as it may have, or opens sessions faster than it may
    /// (RFC 6888 REQ-4).</summary>
    SubscriberQuota,

    /// <summary>The session table is full.</summary>
    SessionTableFull,

    /// <summary>The mapping table is full.</summary>
    MappingTableFull,

    /// <summary>A rule says DROP, or a policy does.</summary>
    RuleDropped,

    /// <summary>A rule says REJECT; the sender was told, if not too many were.</summary>
    RuleRejected,

    /// <summary>By the rules the answers would come to another lane, which would know nothing of the session.</summary>
    AnswersElsewhere,

    // What forwarding refuses.

    /// <summary>No route to the destination on the interface that the packet would leave by.</summary>
    NoRoute,

    /// <summary>The packet has been through too many routers (RFC 1812 section 5.3.1).</summary>
    TimeToLiveExceeded,

    /// <summary>The packet does not fit the next link and must not be fragmented (RFC 1812 section 5.2.5).</summary>
    FragmentationNeeded,

    /// <summary>The next hop does not answer ARP (RFC 1122 section 2.3.2).</summary>
    NeighbourUnresolved,

    /// <summary>The next hop is being resolved and as many packets as are kept are waiting already (RFC 1122
    /// section 2.3.2.2).</summary>
    NeighbourQueueFull,

    /// <summary>The neighbour table is full.</summary>
    NeighbourTableFull,

    /// <summary>The link did not take the frame.</summary>
    TransmitFailed,

    /// <summary>Another lane has the packet's session, and has as much to do already as it can take from others.
    /// </summary>
    HandOverFull,

    /// <summary>No buffer was free for a frame of our own making or keeping.</summary>
    NoBuffer,
}
