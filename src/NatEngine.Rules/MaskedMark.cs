using System.Globalization;

namespace NatEngine.Rules;

/// <summary>A value for some bits of a packet's mark.</summary>
/// <param name="Value">The value.</param>
/// <param name="Mask">The bits that count.</param>
public readonly record struct MaskedMark(uint Value, uint Mask)
{
    /// <summary>True if those bits of <paramref name="mark"/> have the value.</summary>
    public bool Fits(uint mark) => (mark & Mask) == Value;

    /// <summary><c>0xvalue</c>, and <c>/0xmask</c> unless every bit counts.</summary>
    public override string ToString() => Mask == uint.MaxValue
        ? string.Create(CultureInfo.InvariantCulture, $"0x{Value:x}")
        : string.Create(CultureInfo.InvariantCulture, $"0x{Value:x}/0x{Mask:x}");
}
