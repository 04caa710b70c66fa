using System;

namespace NatEngine.Rules;

/// <summary>The name of an interface, or how the names of several begin.</summary>
/// <param name="Text">A name, or the beginning of names and a <c>+</c>.</param>
public readonly record struct InterfacePattern(string Text)
{
    /// <summary>The longest name an interface has, in characters (IFNAMSIZ less the zero).</summary>
    public const int MaxLength = 15;

    /// <summary>True if it ends in <c>+</c>.</summary>
    public bool IsPrefix => Text.EndsWith('+');

    /// <summary>True if the interface of that name is meant.</summary>
    public bool Fits(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return IsPrefix ? name.AsSpan().StartsWith(Text.AsSpan(0, Text.Length - 1)) : name == Text;
    }

    /// <summary>True if every interface that <paramref name="other"/> can mean is meant.</summary>
    public bool Contains(InterfacePattern other) => IsPrefix
        ? other.Text.AsSpan().TrimEnd('+').StartsWith(Text.AsSpan(0, Text.Length - 1))
        : Text == other.Text;

    /// <inheritdoc/>
    public override string ToString() => Text;
}
