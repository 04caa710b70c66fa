using System;
using System.Collections.Generic;
using System.Linq;

namespace NatEngine.Benchmarks.Compare;

/// <summary>Results beside a baseline.</summary>
/// <remarks>A time is different if it differs by more than the threshold, a part of the baseline's, and the two margins
/// of error together. Allocations are counted, not measured: any growth is one.</remarks>
internal sealed class Comparison
{
    private readonly double _threshold;
    private readonly Func<BenchmarkResult, double> _time;

    /// <summary>Compares.</summary>
    /// <param name="baseline">What is compared with.</param>
    /// <param name="results">What is compared.</param>
    /// <param name="threshold">How much longer is still the same, as a part: 0.1 for a tenth.</param>
    /// <param name="byLeast">Whether the shortest iterations are compared instead of the medians: on a busy machine
    /// the better witness. They have no margins.</param>
    public Comparison(
        IReadOnlyDictionary<string, BenchmarkResult> baseline,
        IReadOnlyDictionary<string, BenchmarkResult> results,
        double threshold,
        bool byLeast = false)
    {
        _threshold = threshold;
        _time = byLeast ? result => result.Least : result => result.Median;
        Lines = [.. baseline.Keys.Union(results.Keys).Order(StringComparer.Ordinal).Select(
            name => LineOf(name, baseline.GetValueOrDefault(name), results.GetValueOrDefault(name), byLeast))];
    }

    /// <summary>A line for each benchmark, by name.</summary>
    public IReadOnlyList<ComparisonLine> Lines { get; }

    /// <summary>True if anything got worse.</summary>
    public bool HasRegressions => Lines.Any(line => line.IsRegression);

    /// <summary>True if not one benchmark is in both.</summary>
    public bool HasNothingInCommon => Lines.All(line => line.Outcome is Outcome.Missing or Outcome.New);

    private ComparisonLine LineOf(string name, BenchmarkResult? before, BenchmarkResult? after, bool byLeast)
    {
        if (before is null || after is null)
        {
            return new ComparisonLine(name, before is null ? Outcome.New : Outcome.Missing, TimeOf(before),
                TimeOf(after), before?.Allocated, after?.Allocated);
        }

        double noise = byLeast ? 0 : before.Margin + after.Margin;
        double difference = _time(after) - _time(before);
        bool isDifferent = Math.Abs(difference) > (_threshold * _time(before)) + noise;
        Outcome outcome = after.Allocated > before.Allocated ? Outcome.AllocatesMore
            : !isDifferent ? Outcome.Same
            : difference > 0 ? Outcome.Slower
            : Outcome.Faster;
        return new ComparisonLine(
            name, outcome, TimeOf(before), TimeOf(after), before.Allocated, after.Allocated);
    }

    private double? TimeOf(BenchmarkResult? result) => result is null ? null : _time(result);
}
