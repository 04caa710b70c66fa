using System.Collections.Generic;
using System.Linq;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Systems;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>Throughput of existing connections, in both directions, for each frame size (RFC 9693 section 4.7, RFC 2544
/// section 26.1).</summary>
internal sealed class ThroughputMeasurement(TesterSettings settings) : IMeasurement
{
    /// <summary>How the command line calls it.</summary>
    public const string MeasurementName = "throughput";

    /// <inheritdoc/>
    public string Name => MeasurementName;

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Figures { get; } = [.. settings.Frames.Select(FigureOf)];

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
        List<Reading> readings = [];
        foreach (Figure figure in Figures)
        {
            FrameLengths lengths = FrameLengths.Parse(settings.Frames[readings.Count]);
            Observation observation = Observation.Start(bench.Cores);
            BisectionResult found = traffic.FindThroughput(lengths);
            Dictionary<string, double> details = new()
            {
                ["connections"] = connections,
                ["acceptedLossPercent"] = settings.AcceptedLoss,
            };
            List<string> remarks = [];
            observation.Report(details, remarks);
            readings.Add(found.ToReading(figure, details, remarks));
            turn.Say($"{lengths.Name}: {found.Rate:N0} frames/s");
        }

        bench.Forget();
        return new Outcome(readings);
    }

    private static Figure FigureOf(string size) => new(
        $"{MeasurementName}-{size}",
        size == "imix" ? "throughput, IMIX" : $"throughput, {size} octets",
        "frames per second, both directions together",
        Better.Higher,
        1e3,
        "k/s");
}
