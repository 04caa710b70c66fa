using NatEngine.Packets;

namespace NatEngine.Translation;

/// <summary>Who is whose where several lanes share the work: internal hosts by their addresses, external ports in
/// stripes, one lane's after the other's.</summary>
/// <param name="Lanes">How many lanes there are; at least 1.</param>
/// <param name="StripeLength">How many ports, or ICMP identifiers, follow each other in one lane. An even number keeps
/// both parities in every lane (RFC 4787 REQ-4); 64 are one word of a port set.</param>
/// <param name="StripeOffset">How many ports of the first stripe would lie below port 0; less than
/// <paramref name="StripeLength"/>.</param>
/// <remarks>Both functions are what a classic BPF program can compute, in 32 bits, without a table.</remarks>
public readonly record struct LaneDivision(int Lanes, int StripeLength = 64, int StripeOffset = 0)
{
    /// <summary>The most lanes that there can be: every one of them then has one of the sixteen stripes below
    /// 1024.</summary>
    public const int MostLanes = 16;

    /// <summary>2^32 divided by the golden ratio, made odd: addresses that follow each other end up far apart (Knuth,
    /// The Art of Computer Programming, section 6.4).</summary>
    public const uint HostMultiplier = 0x9E37_79B1;

    /// <summary>The lane of an internal host: the upper sixteen bits of the product, on which all of the address bears,
    /// scaled to the number of lanes.</summary>
    public int OfHost(IPv4Address address)
        => (int)(((unchecked(address.Value * HostMultiplier) >> 16) * (uint)Lanes) >> 16);

    /// <summary>The lane of an external port, or ICMP identifier.</summary>
    public int OfPort(int port) => (port + StripeOffset) / StripeLength % Lanes;
}
