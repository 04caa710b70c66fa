using System;
using System.Collections.Generic;
using System.IO;
using NatEngine.Lab;

namespace NatEngine.Host.Tests.Processes;

/// <summary>The natengine program that was built with these tests, on the gateway of a lab.</summary>
internal sealed class Engine(NatTopology net) : IDisposable
{
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryDirectory _directory = new();

    /// <summary>The program.</summary>
    internal static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "natengine");

    /// <summary>Its control socket.</summary>
    internal string ControlPath => _directory.File("control.sock");

    /// <summary>Starts it, and waits until it says that it is ready.</summary>
    internal RunningProgram Run(params string[] options)
    {
        RunningProgram running = net.Gateway.Start(Program, ["run", .. Sides(), .. options]);
        running.WaitForLine("Ready", Patience);
        return running;
    }

    /// <summary>Starts it where its log goes to standard error, and waits until it says that it is ready.</summary>
    internal RunningProgram RunQuietly(params string[] options)
    {
        RunningProgram running = net.Gateway.Start(Program, ["run", .. Sides(), .. options]);
        running.WaitForErrorLine("Ready", Patience);
        return running;
    }

    /// <summary>Starts it where it will not go on running.</summary>
    internal ProgramResult Fail(params string[] options)
        => net.Gateway.Run(Program, ["run", .. Sides(), .. options], Patience);

    /// <summary>Asks it something.</summary>
    internal ProgramResult Ask(params string[] words)
        => net.Gateway.Run(Program, [.. words, "--control", ControlPath], Patience);

    /// <summary>The rules that the gateway's kernel has, those of programs included.</summary>
    internal string Ruleset() => net.Gateway.Run("nft", ["list", "ruleset"]).EnsureSuccess().Output
        + net.Gateway.Run(Program, ["guard", "show"], Patience).Output;

    public void Dispose() => _directory.Dispose();

    private List<string> Sides() =>
    [
        "--internal", NatTopology.InternalInterface,
        "--external", NatTopology.ExternalInterface,
        "--control", ControlPath,
    ];
}
