using System.Globalization;

namespace NatEngine.Rules;

/// <summary>Consecutive ports, both ends included.</summary>
/// <param name="First">The lowest.</param>
/// <param name="Last">The highest; not below <paramref name="First"/>.</param>
public readonly record struct PortRange(ushort First, ushort Last)
{
    /// <summary>Every port there is.</summary>
    public static PortRange All => new(0, ushort.MaxValue);

    /// <summary>True if <paramref name="port"/> is one of them.</summary>
    public bool Contains(ushort port) => port >= First && port <= Last;

    /// <summary>True if every port of <paramref name="other"/> is one of them.</summary>
    public bool Contains(PortRange other) => other.First >= First && other.Last <= Last;

    /// <summary>As matches write it: a port, or <c>first:last</c>.</summary>
    public override string ToString() => Text(':');

    /// <summary>As targets write it: a port, or <c>first-last</c>.</summary>
    public string ToTargetText() => Text('-');

    private string Text(char between) => First == Last
        ? First.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{First}{between}{Last}");
}
