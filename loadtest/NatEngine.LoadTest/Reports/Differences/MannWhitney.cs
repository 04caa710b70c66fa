using System;
using System.Collections.Generic;
using System.Linq;

namespace NatEngine.LoadTest.Reports.Differences;

/// <summary>The test of Mann and Whitney: whether values of one sample tend to be above those of another, whatever
/// their distribution.</summary>
internal static class MannWhitney
{
    /// <summary>With fewer values than this in each sample the test can say nothing at 5 %: three against three come
    /// out at 10 % at best.</summary>
    public const int FewestValues = 4;

    // Above this the number of arrangements to count is large, and the normal distribution close enough.
    private const int MostCounted = 20;

    /// <summary>How likely samples that differ at least so much are if nothing but chance makes them differ, in either
    /// direction.</summary>
    public static double Probability(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        ArgumentOutOfRangeException.ThrowIfZero(first.Count);
        ArgumentOutOfRangeException.ThrowIfZero(second.Count);
        double above = first.Sum(one => second.Sum(other => one > other ? 1 : one == other ? 0.5 : 0));
        double most = first.Count * (double)second.Count;
        double lesser = Math.Min(above, most - above);
        return first.Count + second.Count <= MostCounted
            ? Counted(first.Count, second.Count, lesser)
            : Approximated(first.Count, second.Count, lesser);
    }

    // All arrangements are equally likely: count those that are at least as extreme. Ties make it a little too careful.
    private static double Counted(int first, int second, double lesser)
    {
        double[,,] ways = new double[first + 1, second + 1, (first * second) + 1];
        for (int i = 0; i <= first; i++)
        {
            for (int j = 0; j <= second; j++)
            {
                if (i == 0 || j == 0)
                {
                    ways[i, j, 0] = 1;
                    continue;
                }

                for (int u = 0; u <= i * j; u++)
                {
                    ways[i, j, u] = (u >= j ? ways[i - 1, j, u - j] : 0) + ways[i, j - 1, u];
                }
            }
        }

        double extreme = 0;
        double all = 0;
        for (int u = 0; u <= first * second; u++)
        {
            all += ways[first, second, u];
            extreme += u <= lesser ? ways[first, second, u] : 0;
        }

        return Math.Min(1, 2 * extreme / all);
    }

    private static double Approximated(int first, int second, double lesser)
    {
        double mean = first * second / 2.0;
        double deviation = Math.Sqrt(first * second * (first + second + 1) / 12.0);
        double distance = Math.Max(0, mean - lesser - 0.5) / deviation;
        return Math.Min(1, 2 * UpperTail(distance));
    }

    // Abramowitz and Stegun 26.2.17: good to 7.5e-8.
    private static double UpperTail(double distance)
    {
        double t = 1 / (1 + (0.2316419 * distance));
        double series = t * (0.319381530 + (t * (-0.356563782
            + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return Math.Exp(-distance * distance / 2) / Math.Sqrt(2 * Math.PI) * series;
    }
}
