using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NatEngine.LoadTest.Clients.Findings;
using NatEngine.LoadTest.Clients.Ladders;
using NatEngine.LoadTest.Clients.Running;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Systems;

namespace NatEngine.LoadTest.Clients;

/// <summary>The lecture's question: how many users does it bear? Clients of one profile, more at every step.</summary>
internal sealed class ClientsMeasurement : IMeasurement
{
    // More than this and the machine is not ours alone, in percent of all processors.
    private const double TolerableSteal = 2;

    private readonly LadderPlan _plan;
    private readonly Figure _knee;
    private readonly Figure _throughput;
    private readonly Figure _bits;
    private readonly Figure _median;
    private readonly Figure _tail;

    /// <summary>Prepares a measurement.</summary>
    public ClientsMeasurement(LadderPlan plan)
    {
        _plan = plan;
        Name = NameFor(plan.Profile.Name);
        string title = $"clients, {plan.Profile.Name}";
        string at = string.Create(CultureInfo.InvariantCulture, $"{SizeOf(plan.Steps[^1]):0} {plan.Unit}");
        _knee = new Figure($"{Name}-knee", $"{title}: knee", plan.Unit, Better.Higher, 1, plan.Unit);
        _throughput = new Figure(
            $"{Name}-throughput", $"{title}: best throughput", "transactions per second", Better.Higher, 1, "/s");
        _bits = new Figure($"{Name}-bits", $"{title}: best throughput", "bits per second", Better.Higher, 1e6, "Mb/s");
        _median = new Figure(
            $"{Name}-p50", $"{title}: response p50, {at}", "microseconds", Better.Lower, 1000, "ms");
        _tail = new Figure(
            $"{Name}-p99", $"{title}: response p99, {at}", "microseconds", Better.Lower, 1000, "ms");
        Figures = [_knee, _throughput, _bits, _median, _tail];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Figures { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Programs { get; } = [];

    /// <summary>How the command line calls the measurement of a profile.</summary>
    public static string NameFor(string profile) => $"clients-{profile}";

    /// <inheritdoc/>
    public bool AppliesTo(ISystemUnderTest system) => true;

    /// <inheritdoc/>
    public Outcome Measure(Turn turn)
    {
        IReadOnlyList<StepResult> steps = new ClientLadder(_plan).Climb(turn);
        if (steps.Count == 0)
        {
            return new Outcome([]);
        }

        return new Outcome(ReadingsOf(steps))
        {
            Curves = new LadderCurves(_plan, steps, turn.Testbed.Cores).Draw(),
            Findings = [.. LadderWords.Findings(_plan, steps, turn.Testbed.Cores)],
        };
    }

    private List<Reading> ReadingsOf(IReadOnlyList<StepResult> steps)
    {
        string[] remarks = [.. RemarksOn(steps)];
        int knee = Knee.Find(steps);
        StepResult last = steps[^1];
        List<Reading> readings =
        [
            new(_knee, knee < 0 ? 0 : steps[knee].Size, LadderDetails.Of(steps), remarks),
            new(_throughput, steps.Max(step => step.TransactionsPerSecond), Nothing, remarks),
            new(_bits, steps.Max(step => step.BitsPerSecond), Nothing, remarks),
        ];
        if (steps.Count == _plan.Steps.Count && last.Response is { } response)
        {
            readings.Add(new Reading(_median, response.P50, Nothing, remarks));
            readings.Add(new Reading(_tail, response.P99, Nothing, remarks));
        }

        return readings;
    }

    private static IReadOnlyDictionary<string, double> Nothing => new Dictionary<string, double>();

    private IEnumerable<string> RemarksOn(IReadOnlyList<StepResult> steps)
    {
        double steal = steps.Max(step => step.Machine.StealPercent);
        if (steal > TolerableSteal)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"the hypervisor gave {steal:0.0} % of the processors' time to other machines in one step");
        }

        foreach (StepResult step in steps)
        {
            foreach (CrowdResult crowd in step.Crowds)
            {
                if (crowd.Succeeded > crowd.Runner.Succeeded || crowd.Failed > crowd.Runner.Failed)
                {
                    yield return string.Create(
                        CultureInfo.InvariantCulture,
                        $"at {step.Size:0} {_plan.Unit} the {crowd.Name} clients recorded {crowd.Succeeded} successes "
                            + $"and {crowd.Failed} failures, and their runner counted {crowd.Runner.Succeeded} and "
                            + $"{crowd.Runner.Failed}");
                }
            }
        }
    }

    private static double SizeOf(StepLoad load) => load.Rate > 0 ? load.Rate : load.Clients;
}
