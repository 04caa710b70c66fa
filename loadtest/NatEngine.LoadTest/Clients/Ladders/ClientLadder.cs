using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using NatEngine.Lab;
using NatEngine.LoadTest.Clients.Running;
using NatEngine.LoadTest.Clients.Servers;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Systems;

namespace NatEngine.LoadTest.Clients.Ladders;

/// <summary>Climbs a ladder once: each step with a system that has no sessions yet, and with the same clients, pages
/// and pauses for every system of the repeat.</summary>
internal sealed class ClientLadder(LadderPlan plan)
{
    // What is compiled at first use is compiled before anything counts, on both sides.
    private const int WarmUpClients = 8;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ResetPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ResetPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Climbs it.</summary>
    /// <returns>The steps that were climbed: all of them, unless cancelled.</returns>
    /// <exception cref="MeasurementException">A step could not be run, or the servers were spoken to from where they
    /// must not be.</exception>
    public IReadOnlyList<StepResult> Climb(Turn turn)
    {
        ClientNetwork.Prepare(turn.Testbed, turn.System);
        using ServerProcess servers = ServerProcess.Start(turn.Testbed, ClientNetwork.Servers);
        using GeneratorProcess generator = GeneratorProcess.Start(turn.Testbed, plan.Generator);
        StepLoad warmUp = new()
        {
            Clients = Math.Min(WarmUpClients, plan.Steps.Max(step => step.Clients)),
            Hold = WarmUp,
        };
        generator.Run(plan.Profile, warmUp, ClientNetwork.Servers, turn.Seed, reportFolder: null);
        List<StepResult> steps = [];
        foreach (StepLoad load in plan.Steps)
        {
            if (turn.Cancellation.IsCancellationRequested)
            {
                return steps;
            }

            StepResult step = Run(turn, generator, load);
            steps.Add(step);
            turn.Say(LadderWords.Describe(plan, step));
        }

        CheckVisitors(turn, servers.Stop());
        return steps;
    }

    private StepResult Run(Turn turn, GeneratorProcess generator, StepLoad load)
    {
        Reset(turn.System);
        long before = turn.System.Read().Drops.Values.Sum();
        StepResult step = generator.Run(
            plan.Profile, load, ClientNetwork.Servers, turn.Seed, ReportFolderOf(turn, load));
        turn.System.EnsureAlive();
        SystemReading after = turn.System.Read();
        return step with
        {
            Sessions = after.Sessions,
            Drops = after.Drops.Count == 0 ? null : after.Drops.Values.Sum() - before,
        };
    }

    private string? ReportFolderOf(Turn turn, StepLoad load)
    {
        string system = turn.System.Name.Replace(':', '-');
        return plan.ReportFolder is null
            ? null
            : Path.Combine(
                plan.ReportFolder,
                FormattableString.Invariant(
                    $"{system}-{turn.Repeat}-{plan.Profile.Name}-{load.Clients}-{load.Rate}"));
    }

    private static void Reset(ISystemUnderTest system)
    {
        system.ResetState();
        Stopwatch watch = Stopwatch.StartNew();
        while (system.Read().Sessions > 0)
        {
            if (watch.Elapsed > ResetPatience)
            {
                throw new MeasurementException($"{system.Name} does not forget its sessions.");
            }

            Thread.Sleep(ResetPause);
        }
    }

    private static void CheckVisitors(Turn turn, ServerVisits visits)
    {
        string external = turn.Testbed.ExternalAddress.ToString();
        string[] strange =
        [
            .. visits.Addresses.Where(address => turn.System.Translates
                ? address != external
                : !NatTopology.InternalPrefix.Contains(System.Net.IPAddress.Parse(address))),
        ];
        if (strange.Length > 0)
        {
            throw new MeasurementException(
                $"The servers were spoken to from {string.Join(", ", strange.Take(5))}, which they must not see.");
        }
    }
}
