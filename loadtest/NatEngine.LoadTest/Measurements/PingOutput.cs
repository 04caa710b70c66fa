using System;
using System.Collections.Generic;
using System.Globalization;

namespace NatEngine.LoadTest.Measurements;

/// <summary>Reads what ping of iputils writes.</summary>
internal static class PingOutput
{
    private const string Before = " time=";
    private const string After = " ms";

    /// <summary>The round trips that the lines of output tell of, in microseconds, duplicates left out.</summary>
    public static IEnumerable<double> RoundTrips(string output)
    {
        foreach (string line in output.Split('\n'))
        {
            int start = line.IndexOf(Before, StringComparison.Ordinal);
            int end = line.IndexOf(After, Math.Max(start, 0), StringComparison.Ordinal);
            if (start >= 0 && end > start && !line.Contains("DUP", StringComparison.Ordinal)
                && double.TryParse(
                    line.AsSpan(start + Before.Length, end - start - Before.Length),
                    NumberStyles.Float,
                    CultureInfo.InvariantCulture,
                    out double milliseconds))
            {
                yield return milliseconds * 1000;
            }
        }
    }
}
