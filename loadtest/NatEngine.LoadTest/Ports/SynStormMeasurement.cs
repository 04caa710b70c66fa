using System.Collections.Generic;
using System.Globalization;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Rfc9693;
using NatEngine.LoadTest.Systems;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Ports;

/// <summary>What becomes of established TCP connections while the inside sends SYNs from ever other addresses and
/// ports, and answers nothing.</summary>
internal sealed class SynStormMeasurement(PortsSettings settings) : IMeasurement
{
    /// <summary>How the command line calls it.</summary>
    public const string MeasurementName = "syn-flood";

    private static readonly Figure Goodput = new(
        "syn-flood-old-goodput",
        "established connections during a SYN flood",
        "percent of before",
        Better.Higher,
        1,
        "%");

    private static readonly Figure Latency = new(
        "syn-flood-old-latency-p50", "their latency meanwhile, p50", "seconds", Better.Lower, 1e-6, "µs");

    /// <inheritdoc/>
    public string Name => MeasurementName;

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Figures { get; } = [Goodput, Latency];

    /// <inheritdoc/>
    public IReadOnlyList<string> Programs { get; } = ["nft"];

    /// <inheritdoc/>
    public bool AppliesTo(ISystemUnderTest system)
        => system is not GeneratorAlone; // a part of what was before is no rate that a generator could limit

    /// <inheritdoc/>
    public Outcome Measure(Turn turn)
    {
        FlowSpaceOptions space = settings.SpaceOf(new PortsCase(IpProtocol.Tcp, 1), turn.Seed);
        using TesterBench bench = TesterBench.Open(turn, space);
        bench.Forget();
        int[] old = FlowOrder.Shuffled(settings.OldSessions, turn.Seed);
        int[] newcomers = FlowOrder.Shuffled(old.Length, bench.Tester.Space.Count - old.Length, turn.Seed);
        Warming.Establish(bench, old);
        Observation observation = Observation.Start(bench.Cores);
        StormResult result = new Storm(bench.Tester, old, newcomers)
        {
            OldRate = settings.OldRate,
            NewcomerRate = settings.NewcomerRate,
            Duration = settings.Storm,
            Calm = settings.Calm,
        }.Run();
        Dictionary<string, double> details = new()
        {
            ["synsPerSecond"] = settings.NewcomerRate,
            ["synsThatCameOut"] = result.Admitted,
            ["oldGoodputPercentAfter"] = result.GoodputPercentAfter,
        };
        List<string> remarks = [];
        observation.Report(details, remarks);
        if (result.During.IsLimitedByTester)
        {
            remarks.Add("the tester did not keep its rates during the flood, or lost frames itself");
        }

        bench.Forget();
        string finding = string.Create(
            CultureInfo.InvariantCulture,
            $"During {settings.NewcomerRate:N0} SYNs/s, {old.Length:N0} established connections kept "
                + $"{result.GoodputPercent:0.0} % of their {settings.OldRate:N0} packets/s.");
        return new Outcome(
        [
            new Reading(Goodput, result.GoodputPercent, details, remarks),
            new Reading(Latency, StormReport.Latency(result.During, 50), details, remarks),
        ])
        {
            Findings = [finding],
        };
    }
}
