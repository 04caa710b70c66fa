using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using NatEngine.Lab;
using NatEngine.LoadTest.Comparison;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Reports;
using NatEngine.LoadTest.Results;
using NatEngine.LoadTest.Systems;
using Spectre.Console;

namespace NatEngine.LoadTest.CommandLine;

/// <summary><c>natload compare</c>: the same traffic through several systems, side by side.</summary>
internal static class CompareCommand
{
    private static readonly string[] AlwaysNeeded = ["ip", "setpriv", "taskset", "ethtool", "ping", "nft"];

    private static readonly CompareRequest Defaults = new();

    private static readonly Option<string> Systems = new("--systems")
    {
        Description = $"Systems to compare, with commas: {string.Join(", ", SystemCatalog.Names)}.",
        DefaultValueFactory = _ => Defaults.Systems,
    };

    private static readonly Option<string> Metrics = new("--metrics")
    {
        Description = $"What to measure, with commas: {string.Join(", ", MeasurementCatalog.Names)}.",
        DefaultValueFactory = _ => Defaults.Metrics,
    };

    private static readonly Option<int> Repeats = new("--repeats")
    {
        Description = "How often to measure everything.",
        DefaultValueFactory = _ => Defaults.Repeats,
    };

    private static readonly Option<double> Duration = new("--duration")
    {
        Description = "Seconds that a stream lasts; a flood lasts a third of it.",
        DefaultValueFactory = _ => Defaults.Duration,
    };

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "Folder for the results [results/TIME-compare].",
    };

    private static readonly Option<string?> NatEngine = new("--natengine")
    {
        Description = "The natengine executable [out/natengine, here or above].",
    };

    private static readonly Option<string> NatEngineOptions = new("--natengine-options")
    {
        Description = "Further options of 'natengine run', such as \"--layout rx+lookup+rewrite+checksum|tx\".",
        DefaultValueFactory = _ => Defaults.NatEngineOptions,
    };

    private static readonly Option<string?> Cores = new("--cores")
    {
        Description = "Processors GENERATOR,SYSTEM,SINK [0,1,2 if there are three, otherwise 0,1,0].",
    };

    private static readonly Option<string> Receive = new("--receive")
    {
        Description = "Processor that hands frames to natengine and wire: the sender's, or the system's own.",
        DefaultValueFactory = _ => Defaults.Receive,
    };

    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        Command command = new("compare", "Runs the same traffic through several systems and compares them.")
        {
            Systems, Metrics, Repeats, Duration, Out, NatEngine, NatEngineOptions, Cores,
            Receive,
        };
        command.SetAction(parsed => Run(new CompareRequest
        {
            Systems = parsed.GetRequiredValue(Systems),
            Metrics = parsed.GetRequiredValue(Metrics),
            Repeats = parsed.GetRequiredValue(Repeats),
            Duration = parsed.GetRequiredValue(Duration),
            Out = parsed.GetValue(Out),
            NatEngine = parsed.GetValue(NatEngine),
            NatEngineOptions = parsed.GetRequiredValue(NatEngineOptions),
            Cores = parsed.GetValue(Cores),
            Receive = parsed.GetRequiredValue(Receive),
        }));
        return command;
    }

    /// <summary>Compares.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    /// <exception cref="BadInputException">Something asked for cannot be.</exception>
    internal static int Run(CompareRequest request)
    {
        ComparisonOptions options = request.Check(TimeProvider.System.GetLocalNow());
        RequirePrograms(options);
        using Interruption interruption = new();
        IAnsiConsole console = Terminal.Open();
        MachineDescription machine = MachineInspection.Inspect(options.Cores);
        ComparisonRun run = new(
            options, machine, new TerminalProgress(console, options.Repeats), TimeProvider.System);
        ComparisonResult result = run.Run(interruption.Token);
        MarkdownReport.Write(options.ResultsFolder, result);
        TerminalReport.Show(console, result);
        console.WriteLine($"Results: {Path.Combine(options.ResultsFolder, ResultFile.Name)}");
        return interruption.ExitCode ?? (result.Complete ? ExitCode.Complete : ExitCode.Incomplete);
    }

    private static void RequirePrograms(ComparisonOptions options)
    {
        LabRequirements.Check();
        IEnumerable<string> programs = AlwaysNeeded
            .Concat(options.Systems.SelectMany(SystemCatalog.ProgramsFor))
            .Concat(options.Metrics.SelectMany(
                name => MeasurementCatalog.Create(name, options.Duration).Programs));
        foreach (string program in programs)
        {
            LabRequirements.CheckProgram(program);
        }
    }
}
