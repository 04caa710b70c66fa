using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Rfc9693;
using NatEngine.LoadTest.Systems;

namespace NatEngine.LoadTest.Ports;

/// <summary>How many connections one external address carries, and what becomes of those that are there when more are
/// wanted.</summary>
internal sealed class PortsMeasurement : IMeasurement
{
    /// <summary>How the command line calls it.</summary>
    public const string MeasurementName = "ports";

    private readonly PortsSettings _settings;
    private readonly bool _storms;

    /// <summary>Prepares the measurement of all cases.</summary>
    public PortsMeasurement(PortsSettings settings)
        : this(settings, MeasurementName, storms: true)
    {
    }

    private PortsMeasurement(PortsSettings settings, string name, bool storms)
    {
        _settings = settings;
        _storms = storms;
        Name = name;
        Figures = [.. settings.Cases.Select(PortsFigures.SessionsOf), .. storms ? PortsFigures.OfStorm : []];
    }

    /// <summary>Prepares a measurement of each case: what one does to a system is not there for the next, and if one
    /// fails the others stand. The first case is stormed.</summary>
    public static IReadOnlyList<PortsMeasurement> EachOf(PortsSettings settings) =>
    [
        .. settings.Cases.Select((each, index) => new PortsMeasurement(
            settings with { Cases = [each] },
            index == 0 ? MeasurementName : $"{MeasurementName}-{each.Slug}",
            storms: index == 0)),
    ];

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool WantsFreshSystem => true;

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Figures { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Programs { get; } = ["nft"];

    /// <inheritdoc/>
    public bool AppliesTo(ISystemUnderTest system) => system.Translates;

    /// <inheritdoc/>
    public Outcome Measure(Turn turn)
    {
        List<Reading> sessions = [];
        IReadOnlyList<Reading> storm = [];
        List<Curve> curves = [];
        List<string> findings = [];
        foreach (PortsCase each in _settings.Cases)
        {
            using TesterBench bench = TesterBench.Open(turn, _settings.SpaceOf(each, turn.Seed));
            bench.Forget();
            int[] order = FlowOrder.Shuffled(_settings.Attempts * each.Endpoints, turn.Seed);
            Filling filling = Filling.Carry(bench.Tester, order, _settings.FillRate);
            filling.Check(turn.System.Name);
            turn.Say($"{each}: {filling.Sessions:N0} of {order.Length:N0} connections");
            sessions.Add(PortsReport.Read(each, filling, order.Length, turn.System.Read().Sessions));
            findings.Add(PortsReport.Describe(each, filling, order.Length));
            curves.Add(PortsReport.CurveOf(each, filling));
            if (_storms && each == _settings.Cases[0])
            {
                storm = MeasureStorm(bench, filling, turn, curves, findings);
            }

            bench.Forget();
        }

        return new Outcome([.. sessions, .. storm]) { Curves = curves, Findings = findings };
    }

    private List<Reading> MeasureStorm(
        TesterBench bench, Filling filling, Turn turn, List<Curve> curves, List<string> findings)
    {
        // Without a refusal there is no storm of the refused: then newcomers are simply more connections.
        int[] old = [.. bench.Tester.Table.Flows[..System.Math.Min(_settings.OldSessions, filling.Sessions)]];
        int[] newcomers = filling.Refused;
        if (newcomers.Length == 0)
        {
            findings.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"Nobody was refused, so nothing can be said of the old connections when ports run out."));
            return [];
        }

        Observation observation = Observation.Start(bench.Cores);
        StormResult result = new Storm(bench.Tester, old, newcomers)
        {
            OldRate = _settings.OldRate,
            NewcomerRate = _settings.NewcomerRate,
            Duration = _settings.Storm,
            Calm = _settings.Calm,
        }.Run();
        PartialRecovery? tenth = turn.System is IEndsSessions ending
            ? PartialRecovery.Of(bench.Tester, ending, newcomers)
            : null;
        Recovery recovery = Recovery.Of(bench, newcomers);
        turn.Say($"old connections: {result.GoodputPercent:0.0} % while newcomers kept trying");
        Dictionary<string, double> details = [];
        List<string> remarks = [];
        observation.Report(details, remarks);
        curves.Add(StormReport.CurveOf(result, _settings));
        findings.Add(StormReport.Describe(result, tenth, recovery, _settings));
        return StormReport.Read(result, tenth, recovery, details, remarks);
    }
}
