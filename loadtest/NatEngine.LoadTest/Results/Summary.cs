using System;
using System.Collections.Generic;
using System.Linq;

namespace NatEngine.LoadTest.Results;

/// <summary>What several measurements of the same thing come to.</summary>
/// <param name="Count">How many there were.</param>
/// <param name="Median">The middle one; halfway between the two in the middle if their number is even.</param>
/// <param name="Lowest">The lowest.</param>
/// <param name="Highest">The highest.</param>
/// <remarks>The median, not the mean: one repeat that was disturbed must not move the figure (RFC 9693 recommends it
/// too). With the few repeats of a quick run, first and 99th percentile are the lowest and the highest.</remarks>
internal readonly record struct Summary(int Count, double Median, double Lowest, double Highest)
{
    /// <summary>Sums up.</summary>
    /// <exception cref="ArgumentException">There is nothing to sum up, or a value is not a number.</exception>
    public static Summary Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0 || sorted.Any(double.IsNaN))
        {
            throw new ArgumentException("A summary needs at least one value, and numbers only.", nameof(values));
        }

        return new Summary(sorted.Length, Percentiles.OfSorted(sorted, 50), sorted[0], sorted[^1]);
    }
}
