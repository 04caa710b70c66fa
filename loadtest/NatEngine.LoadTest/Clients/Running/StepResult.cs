using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;
using NatEngine.LoadTest.Clients.Scenarios;

namespace NatEngine.LoadTest.Clients.Running;

/// <summary>What became of one step of a ladder, whichever runner ran it.</summary>
internal sealed record StepResult
{
    /// <summary>The load.</summary>
    public required StepLoad Load { get; init; }

    /// <summary>How long it counted, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>The crowds, in the profile's order.</summary>
    public required IReadOnlyList<CrowdResult> Crowds { get; init; }

    /// <summary>What the machine did meanwhile.</summary>
    public required HoldObservation Machine { get; init; }

    /// <summary>Sessions that the system remembered at the end of the step; null if it does not tell.</summary>
    public long? Sessions { get; init; }

    /// <summary>Packets that the system dropped in the course of the step; null if it does not tell.</summary>
    public long? Drops { get; init; }

    /// <summary>What the step is of the ladder: the number of clients, or the rate.</summary>
    [JsonIgnore]
    public double Size => Load.Rate > 0 ? Load.Rate : Load.Clients;

    /// <summary>Transactions per second of all crowds.</summary>
    [JsonIgnore]
    public double TransactionsPerSecond => Crowds.Sum(crowd => crowd.TransactionsPerSecond);

    /// <summary>Bits per second of all crowds.</summary>
    [JsonIgnore]
    public double BitsPerSecond => Crowds.Sum(crowd => crowd.BitsPerSecond);

    /// <summary>Transactions that succeeded, of all crowds.</summary>
    [JsonIgnore]
    public long Succeeded => Crowds.Sum(crowd => crowd.Succeeded);

    /// <summary>Transactions that failed, of all crowds.</summary>
    [JsonIgnore]
    public long Failed => Crowds.Sum(crowd => crowd.Failed);

    /// <summary>The part of transactions that failed, in percent.</summary>
    [JsonIgnore]
    public double FailedPercent => Failed == 0 ? 0 : 100.0 * Failed / (Succeeded + Failed);

    /// <summary>Failures by cause, of all crowds.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, long> Failures => Crowds
        .SelectMany(crowd => crowd.Failures)
        .GroupBy(failure => failure.Key)
        .ToDictionary(group => group.Key, group => group.Sum(failure => failure.Value));

    /// <summary>How long users waited: the response times of the headline, which is the first crowd.</summary>
    /// <returns>Null if nothing succeeded.</returns>
    [JsonIgnore]
    public LatencySummary? Response
        => Crowds[0].Latencies.GetValueOrDefault(LatencyPhases.NameOf(LatencyPhase.Response));

    /// <summary>The least even crowd's index.</summary>
    [JsonIgnore]
    public double Fairness => Crowds.Min(crowd => crowd.Fairness);

    /// <summary>The worst served client of any crowd, as a part of its crowd's mean.</summary>
    [JsonIgnore]
    public double WorstClient => Crowds.Min(crowd => crowd.WorstClient);
}
