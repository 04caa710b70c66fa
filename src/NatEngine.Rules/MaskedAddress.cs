using System.Globalization;
using System.Numerics;
using NatEngine.Packets;

namespace NatEngine.Rules;

/// <summary>Addresses that agree in the bits of a mask, which iptables does not require to be a prefix's.</summary>
public readonly record struct MaskedAddress
{
    /// <summary>The addresses that agree with <paramref name="address"/> in the bits of <paramref name="mask"/>.
    /// </summary>
    /// <param name="address">Any of the addresses.</param>
    /// <param name="mask">The bits that count, in host order.</param>
    public MaskedAddress(IPv4Address address, uint mask)
    {
        Address = new IPv4Address(address.Value & mask);
        Mask = mask;
    }

    /// <summary>The lowest of the addresses.</summary>
    public IPv4Address Address { get; }

    /// <summary>The bits that count, in host order.</summary>
    public uint Mask { get; }

    /// <summary>True if the mask is that of a prefix: ones, then zeros.</summary>
    public bool IsPrefix => BitOperations.IsPow2((ulong)~Mask + 1);

    /// <summary>How many bits count.</summary>
    public int Length => BitOperations.PopCount(Mask);

    /// <summary>True if <paramref name="address"/> is one of them.</summary>
    public bool Contains(IPv4Address address) => (address.Value & Mask) == Address.Value;

    /// <summary>True if every address of <paramref name="other"/> is one of them.</summary>
    public bool Contains(MaskedAddress other) => (other.Mask & Mask) == Mask && Contains(other.Address);

    /// <summary>True if an address is in both.</summary>
    public bool Overlaps(MaskedAddress other) => ((Address.Value ^ other.Address.Value) & Mask & other.Mask) == 0;

    /// <summary><c>address/length</c>, or <c>address/mask</c> if the mask is no prefix's.</summary>
    public override string ToString() => IsPrefix
        ? string.Create(CultureInfo.InvariantCulture, $"{Address}/{Length}")
        : $"{Address}/{new IPv4Address(Mask)}";
}
