using NatEngine.Packets;

namespace NatEngine.Translation;

/// <summary>
/// What one direction of a session does to a packet: the new source and destination, and what they add to the two
/// checksums. Worked out when the session is created, carried by value in the batch, so that a session may end while
/// its packets are in flight.
/// </summary>
/// <param name="Leaving">The tuple that the packet leaves with.</param>
/// <param name="NetworkDelta">What the change of addresses adds to the IPv4 header's checksum, and to a partial
/// transport checksum, whose sum covers the pseudo-header only.</param>
/// <param name="TransportDelta">What the change adds to a complete transport checksum: addresses and ports for TCP and
/// UDP, the identifier alone for ICMP queries, which have no pseudo-header.</param>
/// <remarks>
/// (SA, SP, DA, DP) => (SA', SP', DA', DP'). For an ICMP error the values are those of the session's packets that go
/// the error's way: the embedded packet went the other way, so its source becomes <see cref="Destination"/> and its
/// destination <see cref="Source"/> (RFC 5508 section 4).
/// </remarks>
public readonly record struct Rewrite(
    FlowTuple Leaving,
    ChecksumDelta NetworkDelta,
    ChecksumDelta TransportDelta)
{
    /// <summary>The new source.</summary>
    public TransportAddress Source => Leaving.Source;

    /// <summary>The new destination.</summary>
    public TransportAddress Destination => Leaving.Destination;
}
