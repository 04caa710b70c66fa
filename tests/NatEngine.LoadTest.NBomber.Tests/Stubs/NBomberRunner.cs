using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NBomber.Contracts;
using NBomber.Contracts.Stats;

namespace NBomber.CSharp;

public static class NBomberRunner
{
    // However busy the machine is.
    private const int FewestIterations = 3;

    /// <summary>What was last run.</summary>
    public static NBomberContext? Last { get; private set; }

    public static NBomberContext RegisterScenarios(params ScenarioProps[] scenarios) => new(scenarios);

    // As NBomber's does, it deletes the folder that it is given.
    public static NBomberContext WithReportFolder(this NBomberContext context, string reportFolderPath)
        => Directory.Exists(reportFolderPath)
            ? throw new InvalidOperationException($"{reportFolderPath} would be deleted.")
            : context with { ReportFolder = reportFolderPath };

    public static NBomberContext WithReportFormats(this NBomberContext context, params ReportFormat[] reportFormats)
        => context with { ReportFormats = reportFormats };

    public static NBomberContext WithReportingInterval(this NBomberContext context, TimeSpan interval)
        => interval < TimeSpan.FromSeconds(5)
            ? throw new ArgumentOutOfRangeException(nameof(interval), interval, "5 seconds is the least.")
            : context with { ReportingInterval = interval };

    public static NodeStats Run(this NBomberContext context, params string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        Last = context;
        return new NodeStats(Task.WhenAll(context.Scenarios.Select(RunAsync)).GetAwaiter().GetResult());
    }

    // As many instances as the largest number of copies or the highest rate, from the begin to the end.
    private static async Task<ScenarioStats> RunAsync(ScenarioProps scenario)
    {
        ConcurrentBag<(string Step, IResponse Response)> responses = [];
        await scenario.Init(new StubSession(new ScenarioInfo(0, scenario.ScenarioName), responses));
        TimeSpan whole = scenario.Simulations.Aggregate(TimeSpan.Zero, (sum, part) => sum + part.During);
        int instances = scenario.Simulations.Max(part => part.Number);
        await Task.WhenAll(Enumerable.Range(0, instances).Select(number => Task.Run(async () =>
        {
            StubSession session = new(new ScenarioInfo(number, scenario.ScenarioName), responses);
            await scenario.Run(session);
            Stopwatch watch = Stopwatch.StartNew();
            for (int done = 1; done < FewestIterations || watch.Elapsed < whole; done++)
            {
                await scenario.Run(session);
            }
        })));
        return new ScenarioStats(scenario.ScenarioName,
        [
            .. responses.GroupBy(each => each.Step).Select(step => new StepStats(
                step.Key,
                Count([.. step.Where(each => !each.Response.IsError)]),
                Count([.. step.Where(each => each.Response.IsError)]))),
        ]);
    }

    private static MeasurementStats Count((string Step, IResponse Response)[] responses)
        => new(new RequestStats(responses.Length));
}
