using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Rfc9693;
using NatEngine.LoadTest.Systems;

namespace NatEngine.LoadTest.Ports;

/// <summary>How fast new connections come about when nine tenths of the ports towards their remote endpoint are in use,
/// and how fast newcomers can be refused when all are.</summary>
/// <param name="crowd">Who is there, and who comes.</param>
/// <param name="settings">How rates are searched for.</param>
internal sealed class NewSessionsMeasurement(CrowdedEndpoint crowd, TesterSettings settings) : IMeasurement
{
    /// <summary>How the command line calls it.</summary>
    public const string MeasurementName = "new-sessions";

    // What old connections may lose while newcomers are refused.
    private const double AcceptedLossPercent = 1;
    private const int Soundings = 3;
    private const int Patience = 3;

    private static readonly TimeSpan RefusalTrial = TimeSpan.FromSeconds(0.5);

    private static readonly Figure Rate = new(
        "connection-rate-90",
        "new connections, 90 % of the ports in use",
        "connections per second",
        Better.Higher,
        1e3,
        "k/s");

    private static readonly Figure Refusals = new(
        "refusal-rate",
        "newcomers refused while old connections lose 1 % at most",
        "refusals per second",
        Better.Higher,
        1e3,
        "k/s");

    /// <inheritdoc/>
    public string Name => MeasurementName;

    /// <inheritdoc/>
    public bool WantsFreshSystem => true;

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Figures { get; } = [Rate, Refusals];

    /// <inheritdoc/>
    public IReadOnlyList<string> Programs { get; } = ["nft"];

    /// <inheritdoc/>
    public bool AppliesTo(ISystemUnderTest system) => system.Translates && system is IEndsSessions;

    /// <inheritdoc/>
    public Outcome Measure(Turn turn)
    {
        using TesterBench bench = TesterBench.Open(turn, crowd.SpaceOf(turn.Seed));
        bench.Forget();
        List<Reading> readings = [];
        List<string> findings = [];
        Warming.Establish(bench, crowd.Residents(turn.Seed));
        Add(Rate, (details, remarks) => FindRate(turn, bench, details, remarks), bench, readings, findings);
        int[] refused = FillUp(bench, turn.Seed);
        turn.Say(string.Create(CultureInfo.InvariantCulture, $"{bench.Tester.Table.Count:N0} connections stand"));
        if (refused.Length == 0)
        {
            findings.Add("Nobody was refused, so nothing can be said of refusals.");
        }
        else
        {
            Add(
                Refusals,
                (details, _) => FindRefusals(turn, bench, refused, details),
                bench,
                readings,
                findings);
        }

        bench.Forget();
        return readings.Count != 0
            ? new Outcome(readings) { Findings = findings }
            : throw new MeasurementException(string.Join(' ', findings));
    }

    // If no rate passes, that is what was found of this figure; the other one stands.
    private static void Add(
        Figure figure,
        Func<Dictionary<string, double>, List<string>, BisectionResult> find,
        TesterBench bench,
        List<Reading> readings,
        List<string> findings)
    {
        Dictionary<string, double> details = [];
        List<string> remarks = [];
        Observation observation = Observation.Start(bench.Cores);
        BisectionResult found = find(details, remarks);
        observation.Report(details, remarks);
        try
        {
            readings.Add(found.ToReading(figure, details, remarks));
        }
        catch (MeasurementException none)
        {
            findings.Add(none.Message);
        }
    }

    private BisectionResult FindRate(
        Turn turn, TesterBench bench, Dictionary<string, double> details, List<string> remarks)
    {
        int[] newcomers = crowd.Newcomers(turn.Seed);
        IEndsSessions ending = (IEndsSessions)turn.System;
        CrowdedTrial trial = new(bench.Tester, newcomers, () => ending.EndSessionsOf(crowd.NewcomerHosts));
        trial.Run(Warming.GentleRate);

        // The best of some: a tester that is kept from its processor for a moment offers little in so short a trial.
        double highest = settings.HighestRate
            ?? Enumerable.Range(0, Soundings).Max(_ => trial.Run(StreamPlan.FullSpeed).OfferedRate);
        details["portsInUse"] = crowd.Residents(turn.Seed).Length;
        details["connections"] = newcomers.Length;
        details["highestRateTried"] = highest;

        // Half of a trial is telling the system whose sessions to end, and it may be far from what can be offered.
        TesterSettings patient = settings with { Budget = Patience * settings.Budget };
        BisectionResult found = patient.SearchUpTo(highest, bench).Find(rate =>
        {
            TrialVerdict verdict = trial.Run(rate);
            turn.Say(string.Create(
                CultureInfo.InvariantCulture, $"90 % in use, {rate:N0}/s: {trial.Outcome}"));
            return verdict;
        });
        trial.Clear();
        if (trial.Wrong > 0)
        {
            remarks.Add($"{trial.Wrong} answers came to the wrong place");
        }

        return found;
    }

    private BisectionResult FindRefusals(
        Turn turn, TesterBench bench, int[] refused, Dictionary<string, double> details)
    {
        int[] old = [.. bench.Tester.Table.Flows[..Math.Min(crowd.OldSessions, bench.Tester.Table.Count)]];
        PhaseResult Storm(double rate, long? frames) => bench.Tester.Run(new Phase
        {
            Inside =
            [
                StreamPlan.For(FrameKind.Outbound, crowd.OldRate / 2, RefusalTrial, old),
                StreamPlan.For(FrameKind.Newcomer, rate, RefusalTrial, refused) is var all && frames is { } number
                    ? all with { Frames = number }
                    : all,
            ],
            Outside = [StreamPlan.For(FrameKind.Inbound, crowd.OldRate / 2, RefusalTrial, old)],
            Timeout = TimeSpan.FromMilliseconds(200),
        });
        StreamCount unbounded = Storm(StreamPlan.FullSpeed, 200_000)[FrameKind.Newcomer];
        double highest = settings.HighestRate ?? (unbounded.Frames / unbounded.Seconds);
        details["portsInUse"] = bench.Tester.Table.Count;
        details["oldFramesPerSecond"] = crowd.OldRate;
        details["highestRateTried"] = highest;
        return settings.SearchUpTo(highest, bench).Find(rate =>
        {
            PhaseResult trial = Storm(rate, null);
            StreamCount[] watched = [trial[FrameKind.Outbound], trial[FrameKind.Inbound]];
            double loss = 100.0 * watched.Sum(each => each.Lost) / watched.Sum(each => each.Frames);
            StreamCount newcomers = trial[FrameKind.Newcomer];
            turn.Say(string.Create(
                CultureInfo.InvariantCulture, $"all in use, {rate:N0} refused/s: old connections lost {loss:0.0} %"));
            return new TrialVerdict(
                loss <= AcceptedLossPercent && newcomers.KeptRate,
                trial.IsLimitedByTester,
                newcomers.Frames / newcomers.Seconds);
        });
    }

    // Whoever is left takes what is left; who does not get in was refused.
    private int[] FillUp(TesterBench bench, int seed)
    {
        const int Rounds = 3;
        int[] missing = [.. FlowOrder.Shuffled(bench.Tester.Space.Count, seed).Where(
            flow => !bench.Tester.Table.Knows(flow))];
        for (int round = 0; round < Rounds; round++)
        {
            bench.Tester.Run(new Phase { Inside = [StreamPlan.Once(FrameKind.Opening, crowd.FillRate, missing)] });
            missing = [.. missing.Where(flow => !bench.Tester.Table.Knows(flow))];
            if (missing.Length == 0)
            {
                break;
            }
        }

        return missing;
    }
}
