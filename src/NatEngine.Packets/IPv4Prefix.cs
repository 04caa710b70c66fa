using System;
using System.Globalization;

namespace NatEngine.Packets;

/// <summary>A block of IPv4 addresses that begin with the same bits, such as 100.64.0.0/16.</summary>
/// <remarks>Made only with the bits below <see cref="Length"/> zero, so that equal blocks are equal values.</remarks>
public readonly record struct IPv4Prefix
{
    /// <summary>The block of <paramref name="length"/> bits that <paramref name="address"/> lies in.</summary>
    /// <param name="address">Any address of the block.</param>
    /// <param name="length">How many bits the addresses share, 0 to 32.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is not 0 to 32.</exception>
    public IPv4Prefix(IPv4Address address, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, 32);
        Length = (byte)length;
        Network = new IPv4Address(address.Value & MaskOf(length));
    }

    /// <summary>The first address of the block.</summary>
    public IPv4Address Network { get; }

    /// <summary>How many leading bits the addresses share, 0 to 32.</summary>
    public byte Length { get; }

    /// <summary>The last address of the block; on a link of /30 or wider, its directed broadcast address.</summary>
    public IPv4Address Last => new(Network.Value | ~MaskOf(Length));

    /// <summary>True if <paramref name="address"/> is in the block.</summary>
    public bool Contains(IPv4Address address) => (address.Value & MaskOf(Length)) == Network.Value;

    /// <summary>True if every address of <paramref name="other"/> is in this block.</summary>
    public bool Contains(IPv4Prefix other) => other.Length >= Length && Contains(other.Network);

    /// <summary>Reads <c>address/length</c>; an address alone is a block of one. Bits below the length must be zero.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out IPv4Prefix prefix)
    {
        prefix = default;
        int slash = text.IndexOf('/');
        ushort length = 32;
        if ((slash >= 0 && !Digits.TryParse(text[(slash + 1)..], largest: 32, out length))
            || !IPv4Address.TryParse(slash < 0 ? text : text[..slash], out IPv4Address address))
        {
            return false;
        }

        IPv4Prefix block = new(address, length);
        if (block.Network != address)
        {
            return false;
        }

        prefix = block;
        return true;
    }

    /// <summary>The form <c>address/length</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Network}/{Length}");

    // A shift by 32 is a shift by 0 in C#, hence the wider type.
    private static uint MaskOf(int length) => (uint)(0xFFFF_FFFF_0000_0000UL >> length);
}
