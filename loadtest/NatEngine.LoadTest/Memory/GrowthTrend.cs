using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NatEngine.LoadTest.Memory;

/// <summary>Whether memory grows while as many sessions end as begin: the median of the slopes between all pairs of
/// samples (Theil and Sen), which no single sample can bend.</summary>
/// <param name="OctetsPerHour">The slope.</param>
/// <param name="Median">The median of what was held.</param>
/// <param name="Seconds">How long it was watched.</param>
/// <param name="Verdict">What is to be made of it.</param>
internal sealed record GrowthTrend(double OctetsPerHour, double Median, double Seconds, GrowthVerdict Verdict)
{
    // Sessions are as many as they will be from here on.
    private const double Settled = 0.95;

    // Growth in the time watched that is no growth: a hundredth, or some pages of a heap that is swept in its own time.
    private const double Tolerated = 0.01;
    private const double ToleratedOctets = 1 << 20;

    private const int FewestSamples = 8;

    /// <summary>Judges samples in the order of time.</summary>
    /// <remarks>Only those count that were taken when the number of sessions had come to rest; if it did so too late,
    /// or never, nothing can be said.</remarks>
    public static GrowthTrend Of(IReadOnlyList<ChurnSample> samples)
    {
        double last = samples.Count == 0 ? 0 : samples[^1].Sessions;
        double most = samples.Select(sample => (double)sample.Sessions).DefaultIfEmpty(0).Max();
        ChurnSample[] settled = [.. samples.SkipWhile(sample => sample.Sessions < Settled * most)];
        if (settled.Length < FewestSamples || settled.Length < samples.Count / 2 || last < Settled * most)
        {
            return new GrowthTrend(double.NaN, double.NaN, 0, GrowthVerdict.Undecided);
        }

        List<double> slopes = [];
        for (int i = 0; i < settled.Length; i++)
        {
            for (int j = i + 1; j < settled.Length; j++)
            {
                slopes.Add((settled[j].ResidentOctets - settled[i].ResidentOctets)
                    / (settled[j].Seconds - settled[i].Seconds));
            }
        }

        double seconds = settled[^1].Seconds - settled[0].Seconds;
        double slope = MedianOf(slopes);
        double median = MedianOf([.. settled.Select(sample => (double)sample.ResidentOctets)]);
        bool grows = slope * seconds > Math.Max(ToleratedOctets, Tolerated * median);
        return new GrowthTrend(slope * 3600, median, seconds, grows ? GrowthVerdict.Grows : GrowthVerdict.Flat);
    }

    /// <summary>The verdict in a sentence.</summary>
    public string Describe() => Verdict switch
    {
        GrowthVerdict.Undecided =>
            "The number of sessions had not come to rest for half of the time: nothing can be said of memory.",
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"Memory {(Verdict == GrowthVerdict.Flat ? "is flat" : "grows")}: {OctetsPerHour / (1 << 20):+0.00;-0.00;0}"
                + $" MiB an hour over {Seconds / 60:0.0} minutes, at {Median / (1 << 20):0.0} MiB."),
    };

    private static double MedianOf(List<double> values)
    {
        values.Sort();
        int middle = values.Count / 2;
        return values.Count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
