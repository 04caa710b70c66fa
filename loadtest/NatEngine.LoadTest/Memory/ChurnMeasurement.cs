using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Rfc9693;
using NatEngine.LoadTest.Systems;

namespace NatEngine.LoadTest.Memory;

/// <summary>Whether a system's memory stays what it is while sessions come and go for a long time.</summary>
internal sealed class ChurnMeasurement(MemorySettings settings) : IMeasurement
{
    /// <summary>How the command line calls it.</summary>
    public const string MeasurementName = "churn";

    private const double Mebi = 1 << 20;
    private const int Samples = 240;

    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);

    private static readonly Figure Growth = new(
        "churn-growth", "growth of memory while sessions come and go", "octets per hour", Better.Lower, Mebi, "MiB/h");

    private static readonly Figure Held = new(
        "churn-memory", "memory while sessions come and go", "octets", Better.Lower, Mebi, "MiB");

    private readonly TimeSpan _duration = settings.Churn ?? TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public string Name => MeasurementName;

    /// <inheritdoc/>
    public bool WantsFreshSystem => true;

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Figures { get; } = [Held, Growth];

    /// <inheritdoc/>
    public IReadOnlyList<string> Programs { get; } = ["nft"];

    /// <inheritdoc/>
    public bool AppliesTo(ISystemUnderTest system) => system.Translates;

    /// <inheritdoc/>
    public Outcome Measure(Turn turn)
    {
        using TesterBench bench = TesterBench.Open(turn, settings.ChurnSpace(turn.Seed));
        bench.Forget();
        if (turn.System.Read().ResidentOctets is null)
        {
            throw new MeasurementException($"{turn.System.Name} does not say what memory it holds.");
        }

        List<ChurnSample> samples = [];
        SessionChurn churn = new(bench, settings.ChurnRate);
        TimeSpan interval = _duration / Samples;
        churn.Run(_duration, interval < ShortestInterval ? ShortestInterval : interval, seconds =>
        {
            turn.System.EnsureAlive();
            Footprint held = Footprint.Read(turn.System)!;
            samples.Add(new ChurnSample(seconds, held.Sessions, held.ResidentOctets, held.HeapOctets));
            turn.Say(Text(
                $"{seconds:N0} s: {held.Sessions:N0} sessions, {held.ResidentOctets / Mebi:N1} MiB"));
        });
        bench.Forget();
        return Conclude(samples, churn);
    }

    private Outcome Conclude(List<ChurnSample> samples, SessionChurn churn)
    {
        GrowthTrend trend = GrowthTrend.Of(samples);
        Dictionary<string, double> details = new()
        {
            ["sessionsPerSecond"] = settings.ChurnRate,
            ["sessionsOpened"] = churn.Opened,
            ["sessionsLost"] = churn.Lost,
            ["answersLost"] = churn.Unanswered,
            ["sessionsHeld"] = samples[^1].Sessions,
            ["secondsJudged"] = trend.Seconds,
        };
        if (samples[^1].HeapOctets is { } heap)
        {
            details["heapOctets"] = heap;
            details["heapOctetsAtMost"] = samples.Max(sample => sample.HeapOctets ?? 0);
        }

        string[] remarks = trend.Verdict == GrowthVerdict.Grows ? ["memory grows"] : [];
        List<Reading> readings = [new Reading(Held, samples[^1].ResidentOctets, details, remarks)];
        if (trend.Verdict != GrowthVerdict.Undecided)
        {
            readings.Add(new Reading(Growth, trend.OctetsPerHour, details, remarks));
        }

        return new Outcome(readings)
        {
            Curves = CurvesOf(samples),
            Findings =
            [
                Text($"{churn.Opened:N0} sessions came, {settings.ChurnRate:N0} a second ({churn.Lost:N0} were lost). ")
                    + trend.Describe(),
            ],
        };
    }

    private static List<Curve> CurvesOf(List<ChurnSample> samples)
    {
        List<Curve> curves =
        [
            CurveOf("churn-memory", "Memory while sessions come and go", "memory", "octets", samples,
                sample => sample.ResidentOctets),
            CurveOf("churn-sessions", "Sessions that come and go", "sessions", "sessions", samples,
                sample => sample.Sessions),
        ];
        if (samples.TrueForAll(sample => sample.HeapOctets is not null))
        {
            curves.Add(CurveOf("churn-heap", "The garbage collector's part of it", "heap", "octets", samples,
                sample => sample.HeapOctets!.Value));
        }

        return curves;
    }

    private static Curve CurveOf(
        string name,
        string title,
        string label,
        string unit,
        List<ChurnSample> samples,
        Func<ChurnSample, double> value) => new()
        {
            Name = name,
            Title = title,
            X = new Axis("time", "seconds"),
            Y = new Axis(label, unit),
            Points = [.. samples.Select(sample => new CurvePoint(sample.Seconds, value(sample)))],
        };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
