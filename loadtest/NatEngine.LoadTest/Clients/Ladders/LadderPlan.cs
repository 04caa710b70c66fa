using System.Collections.Generic;
using System.Linq;
using NatEngine.LoadTest.Clients.Profiles;
using NatEngine.LoadTest.Clients.Running;

namespace NatEngine.LoadTest.Clients.Ladders;

/// <summary>What to climb, and with what.</summary>
internal sealed record LadderPlan
{
    /// <summary>The clients of the lecture's question.</summary>
    public static IReadOnlyList<double> FullLadder { get; } = [1, 10, 20, 30, 60, 100, 200, 500, 1000];

    /// <summary>Fewer steps for a run of minutes.</summary>
    public static IReadOnlyList<double> QuickLadder { get; } = [1, 10, 30, 100, 300];

    /// <summary>Clients that share a rate, if nobody says how many.</summary>
    public const int ClientsAtRate = 100;

    /// <summary>The profile.</summary>
    public required ClientProfile Profile { get; init; }

    /// <summary>The steps, ascending.</summary>
    public required IReadOnlyList<StepLoad> Steps { get; init; }

    /// <summary>The program that puts the load on; natload itself if null.</summary>
    public string? Generator { get; init; }

    /// <summary>The folder for reports of that program's own; null if they are not wanted.</summary>
    public string? ReportFolder { get; init; }

    /// <summary>True if the steps are rates, false if they are numbers of clients.</summary>
    public bool IsOpenLoop => Steps[0].Rate > 0;

    /// <summary>What the steps are counted in.</summary>
    public string Unit => IsOpenLoop ? "transactions asked for per second" : "clients";

    /// <summary>Makes the steps of a ladder of clients.</summary>
    public static IReadOnlyList<StepLoad> OfClients(IReadOnlyList<double> clients, StepTimes times)
        => [.. clients.Select(count => times.Of((int)count, 0))];

    /// <summary>Makes the steps of a ladder of rates.</summary>
    public static IReadOnlyList<StepLoad> OfRates(IReadOnlyList<double> rates, int clients, StepTimes times)
        => [.. rates.Select(rate => times.Of(clients, rate))];
}
