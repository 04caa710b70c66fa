using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NatEngine.Lab;
using NatEngine.LoadTest.Comparison;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Reports;
using NatEngine.LoadTest.Reports.Html;
using NatEngine.LoadTest.Results;
using NatEngine.LoadTest.Systems;
using Spectre.Console;

namespace NatEngine.LoadTest.CommandLine;

/// <summary>What every command that measures does, from its options to the report. A command contributes what is to
/// be measured:
/// <code>
/// RunOptions run = new(new RunRequest { Systems = "natengine,netfilter" });
/// run.AddTo(command);
/// command.SetAction(parsed => Comparing.Run(
///     run.Read(parsed),
///     options => new ComparisonPlan("ports", [new PortExhaustion(parsed.GetValue(Mine), options.Duration)])));
/// </code>
/// </summary>
internal static class Comparing
{
    private static readonly string[] AlwaysNeeded = ["ip", "setpriv", "taskset", "ethtool", "ping", "nft"];

    /// <summary>Measures, writes the results and the reports, and shows them.</summary>
    /// <param name="request">The options that were typed.</param>
    /// <param name="makePlan">Makes what is to be measured, once the options are known to be good; throws
    /// <see cref="BadInputException"/> if the command's own are not. Nothing was changed by then.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    /// <exception cref="BadInputException">Something asked for cannot be.</exception>
    public static int Run(RunRequest request, Func<MeasurementOptions, ComparisonPlan> makePlan)
    {
        ComparisonPlan plan = makePlan(request.CheckMeasurement());
        ComparisonOptions options = request.Check(plan.Command.Split(' ')[0], TimeProvider.System.GetLocalNow());
        RequirePrograms(options, plan);
        using Interruption interruption = new();
        IAnsiConsole console = Terminal.Open();
        MachineDescription machine = MachineInspection.Inspect(options.Cores);
        ComparisonResult result = Terminal.Watch(
            console,
            options,
            plan,
            progress => new ComparisonRun(options, plan, machine, progress, TimeProvider.System)
                .Run(interruption.Token));
        MarkdownReport.Write(options.ResultsFolder, result);
        HtmlReport.Write(options.ResultsFolder, result);
        TerminalReport.Show(console, result);
        console.WriteLine($"Report: {Path.Combine(options.ResultsFolder, HtmlReport.Name)}");
        console.WriteLine($"Results: {Path.Combine(options.ResultsFolder, ResultFile.Name)}");
        return interruption.ExitCode ?? (result.Complete ? ExitCode.Complete : ExitCode.Incomplete);
    }

    private static void RequirePrograms(ComparisonOptions options, ComparisonPlan plan)
    {
        LabRequirements.Check();
        IEnumerable<string> programs = AlwaysNeeded
            .Concat(options.Systems.SelectMany(choice => SystemCatalog.ProgramsFor(choice.Kind)))
            .Concat(plan.Measurements.SelectMany(measurement => measurement.Programs));
        foreach (string program in programs)
        {
            LabRequirements.CheckProgram(program);
        }
    }
}
