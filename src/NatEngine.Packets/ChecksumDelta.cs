namespace NatEngine.Packets;

/// <summary>
/// What a change of header fields adds to a one's complement sum: the sum of ~m + m' over the 16-bit words that change
/// (RFC 1624), folded to 16 bits. Worked out once, applied to every packet.
/// </summary>
/// <param name="Value">The sum, in host order of network-order words.</param>
public readonly record struct ChecksumDelta(ushort Value)
{
    /// <summary>No change.</summary>
    public static ChecksumDelta None => default;

    /// <summary>What replacing one address with another adds.</summary>
    public static ChecksumDelta Of(IPv4Address from, IPv4Address to)
        => new(InternetChecksum.Fold(
            (ushort)~(from.Value >> 16) + (uint)(ushort)~from.Value + (to.Value >> 16) + (ushort)to.Value));

    /// <summary>What replacing one 16-bit word with another adds.</summary>
    public static ChecksumDelta Of(ushort from, ushort to) => new(InternetChecksum.Fold((ushort)~from + (uint)to));

    /// <summary>What the opposite change adds.</summary>
    /// <remarks>In one's complement arithmetic the complement is the negative.</remarks>
    public ChecksumDelta Inverse() => Value == 0 ? this : new ChecksumDelta((ushort)~Value);

    /// <summary>Both changes together.</summary>
    public static ChecksumDelta operator +(ChecksumDelta left, ChecksumDelta right) => Add(left, right);

    /// <summary>Both changes together.</summary>
    public static ChecksumDelta Add(ChecksumDelta left, ChecksumDelta right)
        => new(InternetChecksum.Fold((uint)left.Value + right.Value));
}
