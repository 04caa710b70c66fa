using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.LoadTest.Clients.Running;

namespace NatEngine.LoadTest.Clients.Findings;

/// <summary>
/// Finds where a ladder bends: the last step before users notice. A step is past the knee if more than 1 % of its
/// transactions failed, or if the median response takes more than twice as long as at best while each client (in open
/// loop: each transaction asked for) gets less than half of the throughput it got at best. The knee is the last step
/// before all further ones are past it.
/// </summary>
/// <remarks>Both halves of the second condition are needed: twice a millisecond is nothing that a person at a page
/// notices, and a throughput that does not grow may be the profile's own pace. "At best" is over the steps before with
/// at least 20 transactions, because one client's few say little.</remarks>
internal static class Knee
{
    private const double TolerableFailedPercent = 1;
    private const double TolerableSlowdown = 2;
    private const double TolerableShare = 0.5;
    private const long FewestTransactions = 20;

    /// <summary>Finds the knee of a ladder.</summary>
    /// <param name="steps">The steps, ascending.</param>
    /// <returns>The index of the last step before the knee's far side, -1 if the first is past it already; the index of
    /// the last step if none is past it.</returns>
    public static int Find(IReadOnlyList<StepResult> steps)
    {
        bool[] past = new bool[steps.Count];
        for (int index = 0; index < steps.Count; index++)
        {
            past[index] = IsPast(steps[index], [.. steps.Take(index).Where(IsReference)]);
        }

        return Array.FindLastIndex(past, isPast => !isPast);
    }

    private static bool IsPast(StepResult step, IReadOnlyList<StepResult> references)
    {
        if (step.FailedPercent > TolerableFailedPercent)
        {
            return true;
        }

        // What nobody asked for tells nothing.
        if (references.Count == 0 || step.Response is null)
        {
            return false;
        }

        double bestResponse = references.Min(reference => reference.Response!.P50);
        double bestShare = references.Max(ShareOf);
        return step.Response.P50 > TolerableSlowdown * bestResponse
            && ShareOf(step) < TolerableShare * bestShare;
    }

    private static bool IsReference(StepResult step)
        => step.Succeeded >= FewestTransactions && step.Response is not null;

    private static double ShareOf(StepResult step) => step.TransactionsPerSecond / step.Size;
}
