using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>The lengths of a stream's frames, one after the other, over and over.</summary>
/// <param name="Name">How figures call it: "64" or "imix".</param>
/// <param name="Octets">The lengths in octets, without the frame check sequence.</param>
internal sealed record FrameLengths(string Name, IReadOnlyList<int> Octets)
{
    private const int CheckSequence = 4;
    private const int Shortest = 64;
    private const int Longest = 1518;
    private const string Mix = "imix";

    /// <summary>The sizes of RFC 2544 section 9.1, which count the frame check sequence, and the mix.</summary>
    public static IReadOnlyList<string> All { get; } = ["64", "128", "256", "512", "1024", "1280", "1518", Mix];

    /// <summary>Shortest frames.</summary>
    public static FrameLengths Minimum { get; } = Parse("64");

    /// <summary>Reads "imix" (seven frames of 64 octets, four of 594, one of 1518) or a size of 64 to 1518 octets.
    /// </summary>
    /// <exception cref="BadInputException">It is neither.</exception>
    public static FrameLengths Parse(string text)
    {
        if (text == Mix)
        {
            // In an order that keeps the long ones apart.
            int[] sizes = [64, 594, 64, 64, 594, 64, 1518, 64, 594, 64, 64, 594];
            return new FrameLengths(Mix, [.. sizes.Select(size => size - CheckSequence)]);
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int octets)
            && octets is >= Shortest and <= Longest
            ? new FrameLengths(text, [octets - CheckSequence])
            : throw new BadInputException($"frame size '{text}': must be {Shortest} to {Longest} octets, or {Mix}.");
    }
}
