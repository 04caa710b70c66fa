using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using HdrHistogram;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Systems;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>How long frames take through the system when it is idle, and at a tenth, half and nine tenths of its
/// throughput (RFC 8219 sections 7.2 and 7.3.1; CSIT's loads).</summary>
/// <remarks>Every frame is timed, from its being written at one end to its being found in the other's ring, by one
/// clock. The two ends' own part of it is in the figure: see what is measured with the ends cabled together.</remarks>
internal sealed class LatencyMeasurement(TesterSettings settings) : IMeasurement
{
    /// <summary>How the command line calls it.</summary>
    public const string MeasurementName = "latency";

    private const int Idle = 0;
    private const int HalfLoad = 50;

    // Far enough apart for a system that sleeps when it has nothing to do to be asleep again.
    private const double IdleRate = 2_000;

    // A hundredth of a percent of a short trial is no frame at all.
    private const int TrialsEach = 4;

    private static readonly TimeSpan LongTrial = TimeSpan.FromSeconds(30);

    private static readonly int[] Loads = [Idle, 10, HalfLoad, 90];
    private static readonly double[] Percentiles = [50, 90, 99, 99.9, 99.99];

    private static readonly Figure Variation = new(
        "pdv", "packet delay variation at half load (D99.9 - Dmin)", "seconds", Better.Lower, 1e-6, "µs");

    /// <inheritdoc/>
    public string Name => MeasurementName;

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Figures { get; } =
        [.. Loads.SelectMany(load => Percentiles.Select(percentile => FigureOf(load, percentile))), Variation];

    /// <inheritdoc/>
    public IReadOnlyList<string> Programs { get; } = ["nft"];

    /// <inheritdoc/>
    public bool AppliesTo(ISystemUnderTest system) => true;

    /// <inheritdoc/>
    public Outcome Measure(Turn turn)
    {
        int connections = settings.Connections[0];
        using TesterBench bench = TesterBench.Open(turn, settings.SpaceOf(connections, turn.Seed));
        SessionTraffic traffic = SessionTraffic.Establish(bench, settings, connections, turn.Seed);
        traffic.Run(StreamPlan.FullSpeed, FrameLengths.Minimum);
        double throughput = traffic.FindThroughput(FrameLengths.Minimum).Rate;
        if (throughput <= 0)
        {
            throw new MeasurementException($"{turn.System.Name} has no throughput to load it with a part of.");
        }

        TimeSpan duration = settings.Trial < LongTrial ? settings.Trial * TrialsEach : settings.Trial;
        List<Reading> readings = [];
        Reading? variation = null;
        List<Curve> curves = [];
        foreach (int load in Loads)
        {
            double rate = load == Idle ? Math.Min(IdleRate, throughput / 10) : throughput * load / 100;
            PhaseResult trial = traffic.Time(rate, duration);
            LongHistogram histogram = Merge(trial);
            readings.AddRange(Read(trial, histogram, load, rate));
            variation = load == HalfLoad ? VariationOf(trial, histogram, rate) : variation;
            curves.Add(CurveOf(histogram, load));
            string tail = Text($"p99.9 {Microseconds(histogram, 99.9):0} µs");
            turn.Say(Text($"{Words(load)}, {rate:N0} frames/s: p50 {Microseconds(histogram, 50):0} µs, {tail}"));
            bench.Rest(settings.Rest);
        }

        bench.Forget();
        curves.AddRange(Percentiles.Select(percentile => ByLoad(readings, percentile)));
        return new Outcome([.. readings, variation!]) { Curves = curves };
    }

    private static IEnumerable<Reading> Read(PhaseResult trial, LongHistogram histogram, int load, double rate)
    {
        Dictionary<string, double> details = new()
        {
            ["framesPerSecond"] = rate,
            ["frames"] = histogram.TotalCount,
            ["lossPercent"] = trial.LossPercent,
            ["maximumSeconds"] = ToSeconds(histogram.GetMaxValue()),
        };
        string[] limited = trial.IsLimitedByTester ? ["the tester fell short of the rate, or lost frames itself"] : [];
        foreach (double percentile in Percentiles)
        {
            // Where fewer than one frame is slower, it is the slowest one that is named.
            string[] remarks = histogram.TotalCount * (100 - percentile) / 100 >= 1
                ? limited
                : [.. limited, Text($"{histogram.TotalCount:N0} frames are too few for p{percentile}: the slowest")];
            yield return new Reading(
                FigureOf(load, percentile), ToSeconds(histogram.GetValueAtPercentile(percentile)), details, remarks);
        }
    }

    private static Reading VariationOf(PhaseResult trial, LongHistogram histogram, double rate) => new(
        Variation,
        ToSeconds(histogram.GetValueAtPercentile(99.9) - Lowest(histogram)),
        new Dictionary<string, double> { ["framesPerSecond"] = rate, ["lossPercent"] = trial.LossPercent },
        []);

    private static LongHistogram Merge(PhaseResult trial)
    {
        LongHistogram merged = new(1, Stopwatch.Frequency * 10, 3);
        foreach (StreamCount stream in trial.Streams)
        {
            merged.Add(stream.Latency!);
        }

        return merged;
    }

    private static long Lowest(LongHistogram histogram)
        => histogram.RecordedValues().Select(value => value.ValueIteratedTo).FirstOrDefault();

    private static double ToSeconds(long ticks) => (double)ticks / Stopwatch.Frequency;

    private static double Microseconds(LongHistogram histogram, double percentile)
        => 1e6 * ToSeconds(histogram.GetValueAtPercentile(percentile));

    private static Curve ByLoad(List<Reading> readings, double percentile) => new()
    {
        Name = Text($"latency-load-p{percentile}"),
        Title = Text($"Latency by load, p{percentile}"),
        X = new Axis("load", "percent of the system's throughput"),
        Y = new Axis("latency", "seconds", Logarithmic: true),
        Points =
        [
            .. Loads.Select(load => new CurvePoint(
                load, readings.Single(reading => reading.Figure == FigureOf(load, percentile)).Value)),
        ],
    };

    // Along the axis, how many times rarer than all: 1 is every frame, 100 the slowest hundredth.
    private static Curve CurveOf(LongHistogram histogram, int load) => new()
    {
        Name = Text($"latency-percentiles-{Slug(load)}"),
        Title = load == Idle ? "Latency, idle" : Text($"Latency at {load} % of the throughput"),
        X = new Axis("one frame in so many is slower", "frames", Logarithmic: true),
        Y = new Axis("latency", "seconds", Logarithmic: true),
        Points =
        [
            .. new[] { 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99 }.Select(percentile => new CurvePoint(
                Math.Round(100 / (100 - percentile), 2), ToSeconds(histogram.GetValueAtPercentile(percentile)))),
        ],
    };

    private static Figure FigureOf(int load, double percentile) => new(
        Text($"latency-{Slug(load)}-p{percentile}"),
        Text($"latency {Words(load)}, p{percentile}"),
        "seconds",
        Better.Lower,
        1e-6,
        "µs");

    private static string Slug(int load) => load == Idle ? "idle" : Text($"{load}");

    private static string Words(int load) => load == Idle ? "idle" : Text($"at {load} % load");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
