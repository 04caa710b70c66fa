using System;
using System.Collections.Generic;
using System.IO;
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

    /// <summary>Starts natload with a command of its own on a host.</summary>
    public static RunningProgram Start(LabHost host, int processor, IEnumerable<string> arguments)
    {
        // Beside the assembly, not this process's own path: under a test runner that is the runner's.
        string program = Path.Combine(AppContext.BaseDirectory, "natload");
        return host.Start(program, arguments, new ProgramOptions
        {
            Processors = CorePlacement.List(processor),
            Environment = Environment,
        });
    }
}
