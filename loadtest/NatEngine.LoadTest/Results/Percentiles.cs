using System;

namespace NatEngine.LoadTest.Results;

/// <summary>Percentiles of a sample.</summary>
internal static class Percentiles
{
    /// <summary>The value below which a percentage of a sample lies, interpolated linearly between its neighbours.
    /// </summary>
    /// <param name="sorted">The sample, ascending, at least one value.</param>
    /// <param name="percent">From 0, the lowest value, to 100, the highest.</param>
    /// <remarks>Hyndman and Fan's definition 7, which R, NumPy and spreadsheets use unless told otherwise.</remarks>
    public static double OfSorted(ReadOnlySpan<double> sorted, double percent)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sorted.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(percent, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        double position = percent / 100 * (sorted.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
