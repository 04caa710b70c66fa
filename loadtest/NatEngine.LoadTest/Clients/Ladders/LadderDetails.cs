using System.Collections.Generic;
using System.Globalization;
using NatEngine.LoadTest.Clients.Running;

namespace NatEngine.LoadTest.Clients.Ladders;

/// <summary>Everything that was seen on a ladder, as names and numbers for the results: "30.web.connect.p99" is the
/// 99th percentile, in microseconds, of the time to connect of the web clients at step 30.</summary>
internal static class LadderDetails
{
    /// <summary>Takes a ladder apart.</summary>
    public static IReadOnlyDictionary<string, double> Of(IEnumerable<StepResult> steps)
    {
        Dictionary<string, double> details = [];
        foreach (StepResult step in steps)
        {
            string prefix = step.Size.ToString(CultureInfo.InvariantCulture);
            details[$"{prefix}.seconds"] = step.Seconds;
            details[$"{prefix}.generatorProcessPercent"] = step.Machine.GeneratorPercent;
            details[$"{prefix}.stealPercent"] = step.Machine.StealPercent;
            foreach (CrowdResult crowd in step.Crowds)
            {
                Add(details, $"{prefix}.{crowd.Name}", crowd);
            }
        }

        return details;
    }

    private static void Add(Dictionary<string, double> details, string prefix, CrowdResult crowd)
    {
        details[$"{prefix}.clients"] = crowd.Clients;
        details[$"{prefix}.succeeded"] = crowd.Succeeded;
        details[$"{prefix}.failed"] = crowd.Failed;
        details[$"{prefix}.transactionsPerSecond"] = crowd.TransactionsPerSecond;
        details[$"{prefix}.bitsPerSecond"] = crowd.BitsPerSecond;
        details[$"{prefix}.fairness"] = crowd.Fairness;
        details[$"{prefix}.worstClient"] = crowd.WorstClient;
        details[$"{prefix}.runnerSucceeded"] = crowd.Runner.Succeeded;
        details[$"{prefix}.runnerFailed"] = crowd.Runner.Failed;
        foreach ((string cause, long count) in crowd.Failures)
        {
            details[$"{prefix}.failed.{cause}"] = count;
        }

        foreach ((string phase, LatencySummary latencies) in crowd.Latencies)
        {
            details[$"{prefix}.{phase}.count"] = latencies.Count;
            foreach (string name in LatencySummary.Names)
            {
                details[$"{prefix}.{phase}.{name}"] = latencies.Value(name);
            }
        }
    }
}
