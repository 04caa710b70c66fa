using System;
using System.Collections.Generic;
using NatEngine.Lab;
using NatEngine.LoadTest.Machine;

namespace NatEngine.LoadTest;

/// <summary>Starts this program once more, inside a lab and on one processor: what sends or forwards at full speed has
/// a process of its own, so that no thread of ours runs where it does not belong.</summary>
internal static class SelfProgram
{
    private static readonly Dictionary<string, string> Environment = new()
    {
        // Compiled once, at full optimisation: a run of a second has no time to warm up, and no compiler thread may run
        // meanwhile.
        ["DOTNET_TieredCompilation"] = "0",
    };

    /// <summary>The program: beside the assembly, not this process's own, which under a test runner is the runner's.
    /// </summary>
    public static string Path => System.IO.Path.Combine(AppContext.BaseDirectory, "natload");

    /// <summary>Starts natload with a command of its own on a host.</summary>
    public static RunningProgram Start(LabHost host, int processor, IEnumerable<string> arguments)
        => host.Start(Path, arguments, OptionsFor(processor));

    /// <summary>Starts natload, or a program made of its parts, in order to talk with it.</summary>
    public static RunningProgram StartDialogue(
        LabHost host, int processor, string program, params IEnumerable<string> arguments)
        => host.Start(program, arguments, OptionsFor(processor) with { KeepsInputOpen = true });

    private static ProgramOptions OptionsFor(int processor) => new()
    {
        Processors = CorePlacement.List(processor),
        Environment = Environment,
    };
}
