using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.LoadTest.Clients.Scenarios;

namespace NatEngine.LoadTest.Clients.Running;

/// <summary>What became of one crowd in one step.</summary>
internal sealed record CrowdResult
{
    /// <summary>What the profile calls what they did.</summary>
    public required string Name { get; init; }

    /// <summary>How many they were.</summary>
    public required int Clients { get; init; }

    /// <summary>Transactions due in the window that succeeded.</summary>
    public required long Succeeded { get; init; }

    /// <summary>Transactions due in the window that failed, by cause.</summary>
    public required IReadOnlyDictionary<string, long> Failures { get; init; }

    /// <summary>Transactions that succeeded and ended in the window, per second.</summary>
    public required double TransactionsPerSecond { get; init; }

    /// <summary>Bits of content that arrived in the window, per second.</summary>
    public required double BitsPerSecond { get; init; }

    /// <summary>Jain's index of the octets that each client received.</summary>
    public required double Fairness { get; init; }

    /// <summary>What the client that received least received, as a part of the mean.</summary>
    public required double WorstClient { get; init; }

    /// <summary>Latencies by phase; only the phases that there were.</summary>
    public required IReadOnlyDictionary<string, LatencySummary> Latencies { get; init; }

    /// <summary>What the runner counted over the whole step.</summary>
    public required RunnerTally Runner { get; init; }

    /// <summary>All failures due in the window.</summary>
    public long Failed => Failures.Values.Sum();

    /// <summary>Sums up what a recorder took down.</summary>
    public static CrowdResult Of(Crowd crowd, HoldWindow window, RunnerTally tally)
    {
        CrowdRecorder recorder = crowd.Recorder;
        return new CrowdResult
        {
            Name = crowd.Name,
            Clients = crowd.Members.Count,
            Succeeded = recorder.Succeeded,
            Failures = recorder.Failures,
            TransactionsPerSecond = recorder.Arrived / window.Seconds,
            BitsPerSecond = recorder.OctetsByClient.Sum() * 8.0 / window.Seconds,
            Fairness = Running.Fairness.Jain(recorder.OctetsByClient),
            WorstClient = Running.Fairness.Worst(recorder.OctetsByClient),
            Latencies = SummariesOf(recorder),
            Runner = tally,
        };
    }

    private static Dictionary<string, LatencySummary> SummariesOf(CrowdRecorder recorder)
    {
        Dictionary<string, LatencySummary> summaries = [];
        foreach (LatencyPhase phase in Enum.GetValues<LatencyPhase>())
        {
            if (recorder.Latencies(phase) is { TotalCount: > 0 } latencies)
            {
                summaries[LatencyPhases.NameOf(phase)] = LatencySummary.Of(latencies);
            }
        }

        return summaries;
    }
}
