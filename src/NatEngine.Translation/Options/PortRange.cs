using System;
using System.Globalization;

namespace NatEngine.Translation;

/// <summary>Ports from one to another, both included.</summary>
/// <param name="First">The lowest port.</param>
/// <param name="Last">The highest port; not below <paramref name="First"/>.</param>
public readonly record struct PortRange(ushort First, ushort Last)
{
    /// <summary>All that sixteen bits can say.</summary>
    internal static PortRange All { get; } = new(0, ushort.MaxValue);

    /// <summary>How many ports there are.</summary>
    public int Count => Last - First + 1;

    /// <summary>True if <paramref name="port"/> is one of them.</summary>
    public bool Contains(int port) => port >= First && port <= Last;

    /// <summary>Reads <c>first-last</c>, or one port alone.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out PortRange range)
    {
        range = default;
        int dash = text.IndexOf('-');
        ReadOnlySpan<char> end = dash < 0 ? text : text[(dash + 1)..];
        if (!ushort.TryParse(
                dash < 0 ? text : text[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out ushort first)
            || !ushort.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out ushort last)
            || last < first)
        {
            return false;
        }

        range = new PortRange(first, last);
        return true;
    }

    /// <summary>The form <c>first-last</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First}-{Last}");
}
