using System.Collections.Generic;
using System.Linq;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Systems;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>Frame loss by offered rate, from the highest that the tester can offer down in steps of a tenth until two
/// steps in a row lose nothing (RFC 2544 section 26.3).</summary>
internal sealed class LossMeasurement(TesterSettings settings) : IMeasurement
{
    /// <summary>How the command line calls it.</summary>
    public const string MeasurementName = "loss";

    private const int Steps = 10;

    private static readonly Figure AtFullSpeed = new(
        "loss-full-speed", "frame loss at full speed, 64 octets", "percent", Better.Lower, 1, "%");

    /// <inheritdoc/>
    public string Name => MeasurementName;

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Figures { get; } = [AtFullSpeed];

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
        double highest = settings.HighestRate
            ?? traffic.Run(StreamPlan.FullSpeed, FrameLengths.Minimum).OfferedRate;
        List<CurvePoint> points = [];
        PhaseResult? first = null;
        int flawless = 0;
        for (int step = Steps; step > 0 && flawless < 2; step--)
        {
            double rate = highest * step / Steps;
            PhaseResult trial = traffic.Run(rate, FrameLengths.Minimum);
            first ??= trial;
            flawless = trial.IsFlawless ? flawless + 1 : 0;
            points.Add(new CurvePoint(trial.OfferedRate, trial.LossPercent));
            turn.Say($"{rate:N0} frames/s: {trial.LossPercent:0.00} % lost");
            bench.Rest(settings.Rest);
        }

        bench.Forget();
        Dictionary<string, double> details = new() { ["offeredRate"] = first!.OfferedRate };
        foreach (StreamCount stream in first.Streams)
        {
            Describe(stream, details);
        }

        string[] remarks = first.IsLimitedByTester ? ["the tester fell short of the rate, or lost frames itself"] : [];
        Curve curve = new()
        {
            Name = "loss",
            Title = "Frame loss by offered rate, 64 octets, both directions",
            X = new Axis("offered", "frames per second"),
            Y = new Axis("lost", "percent"),
            Points = [.. points.OrderBy(point => point.X)],
        };
        return new Outcome([new Reading(AtFullSpeed, first.LossPercent, details, remarks)]) { Curves = [curve] };
    }

    private static void Describe(StreamCount stream, Dictionary<string, double> details)
    {
        string name = stream.Kind == FrameKind.Outbound ? "outbound" : "inbound";
        details[$"{name}Lost"] = stream.Lost;
        details[$"{name}Duplicates"] = stream.Duplicates;
        details[$"{name}Reordered"] = stream.Reordered;
        details[$"{name}WrongTranslations"] = stream.WrongTranslations;
    }
}
