using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using NatEngine.LoadTest.Clients.Profiles;
using NatEngine.LoadTest.Clients.Servers;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Clients.Running;

/// <summary>The process that the clients live in: it stands in the inside host's namespace, where its sockets therefore
/// are, takes orders from natload and answers with results.</summary>
public static class GeneratorProgram
{
    private const double WholePart = 0.9;

    /// <summary>Serves orders, one a line, until there are no more.</summary>
    /// <param name="runner">Puts the load on.</param>
    /// <param name="orders">Where orders come from.</param>
    /// <param name="answers">Where answers go.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> ServeAsync(IStepRunner runner, TextReader orders, TextWriter answers)
    {
        ArgumentNullException.ThrowIfNull(runner);
        ArgumentNullException.ThrowIfNull(orders);
        ArgumentNullException.ThrowIfNull(answers);
        while (await orders.ReadLineAsync() is { } line)
        {
            StepOrder order = JsonSerializer.Deserialize<StepOrder>(line)
                ?? throw new JsonException("An order is not null.");
            StepAnswer answer = await AnswerAsync(runner, order);
            await answers.WriteLineAsync(StepAnswer.LinePrefix(order.Number) + JsonSerializer.Serialize(answer));
            await answers.FlushAsync();
        }

        return ExitCode.Complete;
    }

    private static async Task<StepAnswer> AnswerAsync(IStepRunner runner, StepOrder order)
    {
        try
        {
            ClientProfile profile = ClientProfile.Parse(order.ProfileSource, "unnamed", order.ProfileText);
            ClientPlaces places = new(
                IPv4Address.Parse(order.FirstClient),
                new ServerPlaces(IPv4Address.Parse(order.FirstServer), order.Servers),
                order.Seed);
            using ClientStep step = ClientStep.SetUp(profile, order.Load, places, order.ReportFolder);
            return new StepAnswer(order.Number, await RunAsync(runner, step), null);
        }
        catch (Exception broken)
        {
            // Whatever it is: whoever ordered is told, and may order the next step.
            return new StepAnswer(order.Number, null, broken.ToString());
        }
    }

    /// <summary>Runs a step and sums it up.</summary>
    internal static async Task<StepResult> RunAsync(IStepRunner runner, ClientStep step)
    {
        // On a thread of its own: NBomber's runner does not return until it has finished.
        Task<IReadOnlyList<RunnerTally>> running = Task.Run(() => runner.RunAsync(step));
        HoldObservation machine = await HoldObservation.WatchAsync(step.Window, running);
        IReadOnlyList<RunnerTally> tallies = await running;
        RequireWhole(runner, step, Stopwatch.GetTimestamp());
        List<CrowdResult> crowds = [];
        for (int index = 0; index < step.Crowds.Count; index++)
        {
            crowds.Add(CrowdResult.Of(step.Crowds[index], step.Window, tallies[index]));
        }

        return new StepResult
        {
            Load = step.Load,
            Seconds = step.Window.Seconds,
            Crowds = crowds,
            Machine = machine,
        };
    }

    // NBomber counts from its own start, a little before the first transaction, and it stops by itself when too much
    // fails: half a step is not to be taken for a whole one.
    private static void RequireWhole(IStepRunner runner, ClientStep step, long now)
    {
        step.Window.Close(now);
        double least = WholePart * step.Load.Hold.TotalSeconds;
        if (step.Load.TransactionsPerClient is null && step.Window.Seconds < least)
        {
            throw new InvalidOperationException(
                $"{runner.Name} held the load for {step.Window.Seconds:0.00} s instead of "
                    + $"{step.Load.Hold.TotalSeconds:0.00} s.");
        }
    }
}
