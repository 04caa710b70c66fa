using NatEngine.Packets;

namespace NatEngine.Rules;

/// <summary>Consecutive addresses, both ends included.</summary>
/// <param name="First">The lowest.</param>
/// <param name="Last">The highest; not below <paramref name="First"/>.</param>
public readonly record struct AddressRange(IPv4Address First, IPv4Address Last)
{
    /// <summary>True if <paramref name="address"/> is one of them.</summary>
    public bool Contains(IPv4Address address) => address >= First && address <= Last;

    /// <summary>As the match iprange writes it: always both ends.</summary>
    public override string ToString() => $"{First}-{Last}";

    /// <summary>As targets write it: an address alone if it is the only one.</summary>
    public string ToTargetText() => First == Last ? First.ToString() : ToString();
}
