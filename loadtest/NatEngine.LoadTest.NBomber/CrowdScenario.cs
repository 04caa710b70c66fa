using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using NatEngine.LoadTest.Clients.Running;
using NatEngine.LoadTest.Clients.Scenarios;
using NBomber;
using NBomber.Contracts;
using NBomber.Contracts.Stats;
using NBomber.CSharp;

namespace NatEngine.LoadTest.NBomber;

/// <summary>Maps a crowd to a scenario of NBomber's, and NBomber's statistics back.</summary>
internal static class CrowdScenario
{
    private const string StepName = "transaction";

    // NBomber's rates are whole numbers per interval.
    private static readonly TimeSpan RateInterval = TimeSpan.FromSeconds(1);

    /// <summary>Maps a crowd: each client is one of a pool, and what it does is one step, followed by its
    /// pause.</summary>
    public static ScenarioProps Create(Crowd crowd, StepLoad load)
    {
        ClientPool<CrowdMember> pool = new();
        return Scenario.Create(crowd.Name, context => LiveAsync(context, pool, isClosed: crowd.Rate == 0))
            .WithoutWarmUp()
            .WithInit(_ =>
            {
                foreach (CrowdMember member in crowd.Members)
                {
                    pool.AddClient(member);
                }

                return Task.CompletedTask;
            })
            .WithLoadSimulations([.. Simulations(crowd, load)]);
    }

    /// <summary>Reads what NBomber counted of a crowd's steps.</summary>
    public static RunnerTally TallyOf(Crowd crowd, IEnumerable<ScenarioStats> statistics)
    {
        StepStats? step = statistics
            .Single(scenario => scenario.ScenarioName == crowd.Name)
            .StepStats
            .SingleOrDefault(each => each.StepName == StepName);

        // A scenario of which no step came to its end has no statistics of it.
        return step is null ? new RunnerTally(0, 0) : new RunnerTally(step.Ok.Request.Count, step.Fail.Request.Count);
    }

    private static async Task<IResponse> LiveAsync(
        IScenarioContext context, ClientPool<CrowdMember> pool, bool isClosed)
    {
        CrowdMember member = pool.GetClient(context.ScenarioInfo);
        long start = Stopwatch.GetTimestamp();
        await Step.Run<object>(StepName, context, async () =>
        {
            TransactionOutcome outcome = await member.TransactAsync(start);
            return outcome.Succeeded
                ? Response.Ok<object>(statusCode: string.Empty, sizeBytes: outcome.Octets)
                : Response.Fail<object>(
                    statusCode: FailureCauses.NameOf(outcome.Cause), message: string.Empty, sizeBytes: outcome.Octets);
        });
        if (isClosed)
        {
            await Task.Delay(member.PauseAfter(start));
        }

        // Octets and causes are the step's; the scenario's own response carries none, or they would count twice.
        return Response.Ok();
    }

    private static IEnumerable<LoadSimulation> Simulations(Crowd crowd, StepLoad load)
    {
        if (load.TransactionsPerClient is not null)
        {
            throw new NotSupportedException("On NBomber a step goes by the time, not by the number of transactions.");
        }

        int clients = crowd.Members.Count;
        int rate = Math.Max(1, (int)Math.Round(crowd.Rate));
        bool isOpen = crowd.Rate > 0;
        if (load.RampUp > TimeSpan.Zero)
        {
            yield return isOpen
                ? Simulation.RampingInject(rate, RateInterval, load.RampUp)
                : Simulation.RampingConstant(clients, load.RampUp);
        }

        yield return isOpen
            ? Simulation.Inject(rate, RateInterval, load.Hold)
            : Simulation.KeepConstant(clients, load.Hold);
        if (load.RampDown > TimeSpan.Zero)
        {
            yield return isOpen
                ? Simulation.RampingInject(0, RateInterval, load.RampDown)
                : Simulation.RampingConstant(0, load.RampDown);
        }
    }
}
