using System.Collections.Generic;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Systems;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>The maximum connection establishment rate (RFC 9693 section 4.5), of one number of connections or of
/// several.</summary>
internal sealed class ConnectionRateMeasurement(TesterSettings settings) : IMeasurement
{
    /// <summary>How the command line calls it.</summary>
    public const string MeasurementName = "connection-rate";

    private static readonly Figure Rate = new(
        MeasurementName, "new connections (RFC 9693)", "connections per second", Better.Higher, 1e3, "k/s");

    /// <inheritdoc/>
    public string Name => MeasurementName;

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Figures { get; } = [Rate];

    /// <inheritdoc/>
    public IReadOnlyList<string> Programs { get; } = ["nft"];

    /// <inheritdoc/>
    public bool AppliesTo(ISystemUnderTest system) => true;

    /// <inheritdoc/>
    public Outcome Measure(Turn turn)
    {
        List<CurvePoint> points = [];
        Reading? first = null;
        foreach (int connections in settings.Connections)
        {
            Reading reading = Measure(turn, connections);
            first ??= reading;
            points.Add(new CurvePoint(connections, reading.Value));
        }

        Curve curve = new()
        {
            Name = "connection-rate-sessions",
            Title = "New connections by their number",
            X = new Axis("connections", "connections", Logarithmic: true),
            Y = new Axis("connection establishment rate", "connections per second"),
            Points = points,
        };
        return new Outcome([first!]) { Curves = points.Count > 1 ? [curve] : [] };
    }

    private Reading Measure(Turn turn, int connections)
    {
        using TesterBench bench = TesterBench.Open(turn, settings.SpaceOf(connections, turn.Seed));
        int[] order = FlowOrder.Shuffled(connections, turn.Seed);
        ConnectionTrial trial = new(bench.Tester, order);
        Observation observation = Observation.Start(bench.Cores);
        double highest = settings.HighestRate ?? Warming.FindHighest(bench, trial);
        BisectionResult found = settings.SearchUpTo(highest, bench).Find(rate =>
        {
            bench.Forget();
            TrialVerdict verdict = trial.Run(rate);
            turn.Say($"{connections:N0} connections at {rate:N0}/s: {(verdict.Counts ? "all stood" : Explain(trial))}");
            return verdict;
        });
        Dictionary<string, double> details = new()
        {
            ["connections"] = connections,
            ["hosts"] = bench.Tester.Space.Options.Hosts,
            ["destinations"] = bench.Tester.Space.Options.Destinations,
            ["highestRateTried"] = highest,
        };
        List<string> remarks = [];
        observation.Report(details, remarks);
        bench.Forget();
        return found.ToReading(Rate, details, remarks);
    }

    private static string Explain(ConnectionTrial trial) => trial switch
    {
        { Opening: { IsLimitedByTester: true } } => "the tester did not keep the rate",
        { Opening: { Pushback: > 0 } } => "the system's queue was full, the link took no more",
        { Validation: { } validation } => $"{validation[FrameKind.Validation].Lost:N0} were forgotten or mistaken",
        { Opening: { } opening } => $"{opening[FrameKind.Opening].Lost:N0} lost",
        _ => "nothing was sent",
    };
}
