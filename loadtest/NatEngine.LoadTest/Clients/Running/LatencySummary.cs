using System;
using System.Collections.Generic;
using HdrHistogram;

namespace NatEngine.LoadTest.Clients.Running;

/// <summary>What is kept of many latencies, in microseconds.</summary>
/// <param name="Count">How many there were.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="P50">The median.</param>
/// <param name="P90">Nine in ten were no longer.</param>
/// <param name="P99">99 in 100 were no longer.</param>
/// <param name="P999">999 in 1,000 were no longer.</param>
/// <param name="P9999">9,999 in 10,000 were no longer.</param>
/// <param name="Max">The longest.</param>
public sealed record LatencySummary(
    long Count, double Mean, double P50, double P90, double P99, double P999, double P9999, double Max)
{
    private const double NanosecondsPerMicrosecond = 1000;

    /// <summary>Sums a histogram of nanoseconds up.</summary>
    internal static LatencySummary Of(HistogramBase latencies) => new(
        latencies.TotalCount,
        latencies.GetMean() / NanosecondsPerMicrosecond,
        At(latencies, 50),
        At(latencies, 90),
        At(latencies, 99),
        At(latencies, 99.9),
        At(latencies, 99.99),
        At(latencies, 100));

    /// <summary>What <see cref="Value"/> knows, in the order of reports.</summary>
    internal static IReadOnlyList<string> Names { get; } = ["p50", "p90", "p99", "p99.9", "p99.99", "max", "mean"];

    /// <summary>One of the values, in microseconds.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    internal double Value(string name) => name switch
    {
        "p50" => P50,
        "p90" => P90,
        "p99" => P99,
        "p99.9" => P999,
        "p99.99" => P9999,
        "max" => Max,
        "mean" => Mean,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "must be one of the names"),
    };

    private static double At(HistogramBase latencies, double percent)
        => latencies.GetValueAtPercentile(percent) / NanosecondsPerMicrosecond;
}
