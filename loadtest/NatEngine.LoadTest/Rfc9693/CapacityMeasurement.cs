using System;
using System.Collections.Generic;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Systems;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>How many connections the system's table holds (RFC 9693 section 4.9).</summary>
internal sealed class CapacityMeasurement(TesterSettings settings) : IMeasurement
{
    /// <summary>How the command line calls it.</summary>
    public const string MeasurementName = "capacity";

    private static readonly Figure Connections = new(
        MeasurementName, "connections held (RFC 9693)", "connections", Better.Higher, 1e3, "k");

    /// <inheritdoc/>
    public string Name => MeasurementName;

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Figures { get; } = [Connections];

    /// <inheritdoc/>
    public IReadOnlyList<string> Programs { get; } = ["nft"];

    /// <inheritdoc/>
    public bool AppliesTo(ISystemUnderTest system) => system.Translates;

    /// <inheritdoc/>
    public Outcome Measure(Turn turn)
    {
        List<CurvePoint> points = [];
        CapacitySearch search = new(settings.SafeConnections, settings.MostConnections, settings.CapacityError);
        CapacityResult found = search.Find((connections, bound) =>
        {
            double rate = FindRate(turn, connections, bound);
            points.Add(new CurvePoint(connections, rate));
            turn.Say($"{connections:N0} connections: {rate:N0}/s");
            return rate;
        });
        points.Sort((left, right) => left.X.CompareTo(right.X));
        Dictionary<string, double> details = new() { ["connectionsPerSecond"] = found.Rate };
        string[] remarks = found.AtLeast ? ["no more was tried: a lower bound"] : [];
        Curve curve = new()
        {
            Name = "capacity-rate",
            Title = "New connections by their number, up to what the table holds",
            X = new Axis("connections", "connections", Logarithmic: true),
            Y = new Axis("connection establishment rate", "connections per second"),
            Points = points,
        };
        return new Outcome([new Reading(Connections, found.Connections, details, remarks)]) { Curves = [curve] };
    }

    private double FindRate(Turn turn, int connections, double bound)
    {
        using TesterBench bench = TesterBench.Open(turn, settings.SpaceOf(connections, turn.Seed));
        ConnectionTrial trial = new(bench.Tester, FlowOrder.Shuffled(connections, turn.Seed));
        double highest = Math.Min(bound, settings.HighestRate ?? Warming.FindHighest(bench, trial));
        RateBisection search = settings.SearchUpTo(highest, bench) with { Error = settings.CapacityRateError };
        double rate = search.Find(each =>
        {
            bench.Forget();
            return trial.Run(each);
        }).Rate;
        bench.Forget();
        return rate;
    }
}
