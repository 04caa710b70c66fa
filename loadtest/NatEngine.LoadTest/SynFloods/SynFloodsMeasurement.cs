using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Ports;
using NatEngine.LoadTest.Rfc9693;
using NatEngine.LoadTest.Systems;

namespace NatEngine.LoadTest.SynFloods;

/// <summary>What becomes of established TCP connections while SYNs of spoofed sources come, from inside and from
/// outside, at several rates.</summary>
internal sealed class SynFloodsMeasurement(SynFloodSettings settings) : IMeasurement
{
    /// <summary>How the command line calls it.</summary>
    public const string MeasurementName = "syn-floods";

    // Enough to see how fast it goes.
    private const int Sounding = 300_000;

    /// <inheritdoc/>
    public string Name => MeasurementName;

    /// <inheritdoc/>
    public bool WantsFreshSystem => true;

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Figures { get; } =
        [.. settings.Origins.SelectMany(origin => settings.Rates.Select(rate => FigureOf(origin, rate)))];

    /// <inheritdoc/>
    public IReadOnlyList<string> Programs { get; } = ["nft"];

    /// <inheritdoc/>
    public bool AppliesTo(ISystemUnderTest system) => system.Translates;

    /// <inheritdoc/>
    public Outcome Measure(Turn turn)
    {
        using TesterBench bench = TesterBench.Open(turn, SynFloodSettings.SpaceOf(turn.Seed));
        List<Reading> readings = [];
        List<Curve> curves = [];
        List<string> findings = [];
        foreach (FloodOrigin origin in settings.Origins)
        {
            List<CurvePoint> points = [];
            foreach (double rate in settings.Rates)
            {
                Reading reading = Measure(turn, bench, origin, rate);
                readings.Add(reading);
                points.Add(new CurvePoint(reading.Details["synsPerSecond"], reading.Value));
                turn.Say(Text(
                    $"{reading.Details["synsPerSecond"]:N0} SYNs/s {Words(origin)}: {reading.Value:0.0} %"));
            }

            curves.Add(CurveOf(origin, points));
            findings.Add(Describe(origin, points));
        }

        bench.Forget();
        return new Outcome(readings) { Curves = curves, Findings = findings };
    }

    private Reading Measure(Turn turn, TesterBench bench, FloodOrigin origin, double rate)
    {
        bench.Forget();
        int[] old = FlowOrder.Shuffled(settings.OldSessions, turn.Seed);
        Warming.Establish(bench, old);
        int[] flood = FloodTargets.Of(origin, bench.Tester, old.Length, turn.Seed);
        FrameKind kind = origin == FloodOrigin.Inside ? FrameKind.Newcomer : FrameKind.Stranger;
        long? frames = rate >= StreamPlan.FullSpeed
            ? (long)(Sound(bench.Tester, kind, flood) * settings.Flood.TotalSeconds)
            : null;
        SystemObservation system = SystemObservation.Start(bench.System, bench.Cores);
        Observation observation = Observation.Start(bench.Cores);
        StormResult result = new Storm(bench.Tester, old, flood)
        {
            OldRate = settings.OldRate,
            NewcomerRate = rate,
            Newcomers = frames,
            Kind = kind,
            Duration = settings.Flood,
            Calm = settings.Calm,
        }.Run();
        Dictionary<string, double> details = new(system.Finish());
        List<string> remarks = [];
        observation.Report(details, remarks);
        Complete(details, remarks, result, kind);
        return new Reading(FigureOf(origin, rate), result.GoodputPercent, details, remarks);
    }

    // As many SYNs per second as the tester can send with this system behind the link.
    private static double Sound(Tester tester, FrameKind kind, int[] flood)
    {
        StreamPlan[] plan = [StreamPlan.Once(kind, StreamPlan.FullSpeed, flood) with { Frames = Sounding }];
        TimeSpan soon = TimeSpan.FromMilliseconds(50);
        StreamCount sent = tester.Run(kind == FrameKind.Stranger
            ? new Phase { Outside = plan, Timeout = soon }
            : new Phase { Inside = plan, Timeout = soon })[kind];
        return sent.Frames / sent.Seconds;
    }

    private static void Complete(
        Dictionary<string, double> details, List<string> remarks, StormResult result, FrameKind kind)
    {
        StreamCount flood = result.During[kind];
        StreamCount[] old = [result.During[FrameKind.Outbound], result.During[FrameKind.Inbound]];
        details["synsPerSecond"] = flood.Frames / flood.Seconds;
        details["synsTakenByTheLink"] = flood.Sent;
        details["synsThatCameOut"] = result.Admitted;
        details["oldSent"] = old.Sum(stream => stream.Sent);
        details["oldReceived"] = old.Sum(stream => stream.Received);
        details["oldOutboundLossPercent"] = old[0].LossPercent;
        details["oldInboundLossPercent"] = old[1].LossPercent;
        details["oldGoodputPercentAfter"] = result.GoodputPercentAfter;
        details["oldLatencyP50Seconds"] = StormReport.Latency(result.During, 50);
        details["oldLatencyP99Seconds"] = StormReport.Latency(result.During, 99);
        if (result.During.TesterDrops > 0 || (result.During.Pushback == 0 && old.Any(stream => !stream.KeptRate)))
        {
            remarks.Add("the tester did not keep the established connections' rate, or lost frames itself");
        }
    }

    private static string Describe(FloodOrigin origin, List<CurvePoint> points) => Text(
        $"SYNs of spoofed sources {Words(origin)}: established connections kept ")
        + string.Join(", ", points.Select(point => Text($"{point.Y:0.0} % at {point.X:N0}/s"))) + ".";

    private static Curve CurveOf(FloodOrigin origin, List<CurvePoint> points) => new()
    {
        Name = Text($"syn-floods-{Slug(origin)}"),
        Title = Text($"Established connections while SYNs come {Words(origin)}"),
        X = new Axis("SYNs of spoofed sources", "SYNs per second"),
        Y = new Axis("arrived", "percent of before"),
        Points = [.. points.OrderBy(point => point.X)],
    };

    private static Figure FigureOf(FloodOrigin origin, double rate) => new(
        Text($"syn-floods-{Slug(origin)}-{SynFloodSettings.NameOf(rate)}"),
        Text($"established connections, {Speed(rate)} {Words(origin)}"),
        "percent of before",
        Better.Higher,
        1,
        "%");

    private static string Speed(double rate)
        => rate >= StreamPlan.FullSpeed ? "all SYNs that can be sent" : Text($"{rate:N0} SYNs/s");

    private static string Slug(FloodOrigin origin) => origin.ToString().ToLowerInvariant();

    private static string Words(FloodOrigin origin) => origin switch
    {
        FloodOrigin.Inside => "from inside",
        FloodOrigin.Unmapped => "from outside to unused ports",
        _ => "from outside to ports in use",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
