using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NatEngine.LoadTest.Clients.Running;
using NBomber.Contracts;
using NBomber.Contracts.Stats;
using NBomber.CSharp;

namespace NatEngine.LoadTest.NBomber;

/// <summary>Runs a step as one NBomber session: a scenario of NBomber's for each crowd.</summary>
/// <remarks>NBomber decides when a client does its next transaction, and counts. What a transaction is, how long it
/// took and why it failed is the shared scenario's, and goes into the same columns as with natload's own runner. Only
/// what NBomber 4.1 and 5 have in common is used.</remarks>
internal sealed class NBomberStepRunner : IStepRunner
{
    // The shortest that NBomber allows.
    private static readonly TimeSpan ReportingInterval = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public string Name => "NBomber";

    /// <inheritdoc/>
    public Task<IReadOnlyList<RunnerTally>> RunAsync(ClientStep clients)
    {
        ScenarioProps[] scenarios = [.. clients.Crowds.Select(crowd => CrowdScenario.Create(crowd, clients.Load))];
        NodeStats stats = NBomberRunner
            .RegisterScenarios(scenarios)
            .WithReportFolder(clients.ReportFolder ?? FreshFolder())
            .WithReportFormats(ReportFormat.Html, ReportFormat.Csv)
            .WithReportingInterval(ReportingInterval)
            .Run([]);
        IReadOnlyList<RunnerTally> tallies =
            [.. clients.Crowds.Select(crowd => CrowdScenario.TallyOf(crowd, stats.ScenarioStats))];
        return Task.FromResult(tallies);
    }

    // NBomber deletes the folder that it is given: one that is nobody's, and does not exist.
    private static string FreshFolder() => Path.Combine(Path.GetTempPath(), $"natload-nbomber-{Guid.NewGuid():N}");
}
