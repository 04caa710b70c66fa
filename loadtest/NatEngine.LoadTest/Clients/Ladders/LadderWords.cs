using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NatEngine.LoadTest.Clients.Findings;
using NatEngine.LoadTest.Clients.Running;
using NatEngine.LoadTest.Machine;

namespace NatEngine.LoadTest.Clients.Ladders;

/// <summary>Says what was seen on a ladder.</summary>
internal static class LadderWords
{
    /// <summary>A step in a line, for who watches.</summary>
    public static string Describe(LadderPlan plan, StepResult step)
    {
        string response = step.Response is { } latencies
            ? string.Create(CultureInfo.InvariantCulture, $"{latencies.P50 / 1000:0.0} ms")
            : "no answer";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{plan.Profile.Name}, {step.Size:0} {plan.Unit}: {step.TransactionsPerSecond:0.0}/s, {response}, "
                + $"{step.FailedPercent:0.##} % failed");
    }

    /// <summary>What was found, in whole sentences.</summary>
    /// <param name="plan">What was climbed.</param>
    /// <param name="steps">What was seen; at least one step.</param>
    /// <param name="cores">Which processor does what.</param>
    public static IEnumerable<string> Findings(LadderPlan plan, IReadOnlyList<StepResult> steps, CorePlacement cores)
    {
        int knee = Knee.Find(steps);
        StepResult last = steps[^1];
        string name = $"Profile {plan.Profile.Name}";
        if (knee == steps.Count - 1)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: no knee up to {last.Size:0} {plan.Unit}; there the median response takes {Median(last)} and "
                    + $"{last.TransactionsPerSecond:0.0} transactions end per second.");
        }
        else
        {
            StepResult next = steps[knee + 1];
            string where = knee < 0
                ? string.Create(CultureInfo.InvariantCulture, $"below {next.Size:0} {plan.Unit}")
                : string.Create(
                    CultureInfo.InvariantCulture, $"between {steps[knee].Size:0} and {next.Size:0} {plan.Unit}");
            string from = knee < 0 ? string.Empty : $"from {Median(steps[knee])} ";
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: the knee is {where}, where the median response goes {from}to {Median(next)}, the "
                    + $"throughput to {next.TransactionsPerSecond:0.0} transactions per second, and failures to "
                    + $"{next.FailedPercent:0.##} %. Limit: {Limits.Of(next, cores)}.");
        }

        if (steps.SelectMany(step => step.Failures).Any())
        {
            IEnumerable<string> causes = steps.SelectMany(step => step.Failures)
                .GroupBy(failure => failure.Key)
                .OrderByDescending(group => group.Sum(failure => failure.Value))
                .Select(group => string.Create(
                    CultureInfo.InvariantCulture, $"{group.Sum(failure => failure.Value)} {group.Key}"));
            yield return $"{name}: failures of all steps together: {string.Join(", ", causes)}.";
        }
    }

    private static string Median(StepResult step) => step.Response is { } latencies
        ? string.Create(CultureInfo.InvariantCulture, $"{latencies.P50 / 1000:0.0} ms")
        : "no end";
}
