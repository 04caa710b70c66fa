using System.Collections.Generic;

namespace NatEngine.Rules.Matches;

/// <summary>Which flags of a segment are looked at, and which of these must be set; the others of them must not be.
/// </summary>
/// <param name="Mask">The flags that are looked at, as the octet of the header has them.</param>
/// <param name="Set">Those that must be set.</param>
public readonly record struct TcpFlagsTest(byte Mask, byte Set)
{
    /// <summary><c>--syn</c>: a segment that opens a connection.</summary>
    public static TcpFlagsTest Syn => new(0b01_0111, 0b00_0010);

    /// <summary>The flags that iptables knows, in its order, with their bits in the header.</summary>
    internal static IReadOnlyList<(string Name, byte Bit)> Names { get; } =
        [("FIN", 1), ("SYN", 2), ("RST", 4), ("PSH", 8), ("ACK", 16), ("URG", 32)];

    /// <summary>True if a segment with these flags fits.</summary>
    public bool Fits(byte flags) => (flags & Mask) == Set;

    /// <summary>Two lists of names, as in <c>FIN,SYN,RST,ACK SYN</c>.</summary>
    public override string ToString() => $"{Text(Mask)} {Text(Set)}";

    private static string Text(byte flags)
    {
        List<string> names = [];
        foreach ((string name, byte bit) in Names)
        {
            if ((flags & bit) != 0)
            {
                names.Add(name);
            }
        }

        return names.Count == 0 ? "NONE" : string.Join(',', names);
    }
}
