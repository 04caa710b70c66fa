using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.LoadTest.Clients.Findings;
using NatEngine.LoadTest.Clients.Running;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Measurements;

namespace NatEngine.LoadTest.Clients.Ladders;

/// <summary>Draws a ladder: what was seen at each step, as curves.</summary>
/// <param name="plan">What was climbed.</param>
/// <param name="steps">What was seen.</param>
/// <param name="cores">Which processor does what.</param>
internal sealed class LadderCurves(LadderPlan plan, IReadOnlyList<StepResult> steps, CorePlacement cores)
{
    private const double MicrosecondsPerMillisecond = 1000;

    /// <summary>All curves, those that the lecture's page shows first; without those of which a system tells nothing.
    /// </summary>
    public IReadOnlyList<Curve> Draw() => [.. All().Where(curve => curve.Points.Count > 0)];

    private Curve[] All() =>
    [
        Milliseconds("page-time", "response time, median", step => step.Response?.P50),
        Of("throughput", "throughput", "transactions per second", step => step.TransactionsPerSecond),
        Milliseconds("p99", "response time, 99th percentile", step => step.Response?.P99),
        Of("failures", "failed transactions", "percent", step => step.FailedPercent),
        Of("bits", "content received", "bits per second", step => step.BitsPerSecond),
        Of("fairness", "fairness of octets among clients of a kind", "Jain's index", step => step.Fairness),
        Of("worst-client", "worst served client", "percent of the mean", step => 100 * step.WorstClient),
        Of("sessions", "sessions at the end of the step", "sessions", step => step.Sessions),
        Of("drops", "packets that the system dropped", "packets", step => step.Drops),
        Of("system-cpu", "the system's processor", "percent busy", step => BusyOf(step, cores.System)),
        Of("generator-cpu", "the generator's processor", "percent busy", step => BusyOf(step, cores.Generator)),
    ];

    private Curve Milliseconds(string name, string title, Func<StepResult, double?> microseconds)
        => Of(name, title, "milliseconds", step => microseconds(step) / MicrosecondsPerMillisecond);

    private Curve Of(string name, string title, string unit, Func<StepResult, double?> value)
    {
        int knee = Knee.Find(steps);
        return new Curve
        {
            Name = $"clients-{plan.Profile.Name}-{name}",
            Title = $"{plan.Profile.Name}: {title}",
            X = new Axis(plan.Unit, plan.Unit, Logarithmic: true),
            Y = new Axis(title, unit),
            Points =
            [
                .. steps
                    .Select(step => (step.Size, Value: value(step)))
                    .Where(point => point.Value is not null)
                    .Select(point => new CurvePoint(point.Size, point.Value!.Value)),
            ],
            Marks = knee >= 0 && knee < steps.Count - 1 ? [new CurveMark(steps[knee].Size, "knee")] : [],
        };
    }

    private static double? BusyOf(StepResult step, int processor)
        => processor < step.Machine.BusyPercent.Count ? step.Machine.BusyPercent[processor] : null;
}
