using System.Globalization;

namespace NatEngine.Rules.Matches;

/// <summary>A type of ICMP message, or one code of a type (RFC 792).</summary>
/// <param name="Type">The type; null for any.</param>
/// <param name="Code">The code; null for any.</param>
public readonly record struct IcmpKind(byte? Type, byte? Code)
{
    /// <summary>Every message there is.</summary>
    public static IcmpKind Any => default;

    /// <summary>True if a message of this type and code is of the kind.</summary>
    public bool Fits(byte type, byte code) => (Type is null || Type == type) && (Code is null || Code == code);

    /// <summary><c>any</c>, a type, or <c>type/code</c>.</summary>
    public override string ToString() => (Type, Code) switch
    {
        (null, _) => "any",
        ({ } type, null) => type.ToString(CultureInfo.InvariantCulture),
        ({ } type, { } code) => string.Create(CultureInfo.InvariantCulture, $"{type}/{code}"),
    };
}
