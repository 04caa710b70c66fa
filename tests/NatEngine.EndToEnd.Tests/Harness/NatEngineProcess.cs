using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests.Harness;

/// <summary>The product, running as a process on the gateway.</summary>
internal sealed class NatEngineProcess : IDisposable
{
    /// <summary>How long anything that is asked of it may take on a busy machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly LabHost _gateway;
    private readonly RunningProgram _program;

    private NatEngineProcess(LabHost gateway, RunningProgram program, string controlPath)
    {
        _gateway = gateway;
        _program = program;
        ControlPath = controlPath;
    }

    /// <summary>The executable: what NATENGINE names, or what was built together with these tests.</summary>
    public static string Executable { get; } = FindExecutable();

    /// <summary>Its control socket.</summary>
    public string ControlPath { get; }

    /// <summary>Everything it logged so far.</summary>
    public string Log => _program.Output + _program.Error;

    /// <summary>True once it has ended.</summary>
    public bool HasExited => _program.HasExited;

    /// <summary>Starts it on the topology's gateway and waits until it says that it forwards.</summary>
    public static NatEngineProcess Start(NatTopology topology, params IReadOnlyList<string> options)
    {
        string controlPath = NewControlPath();
        RunningProgram program = topology.Gateway.Start(
            Executable,
            [
                "run", "--internal", NatTopology.InternalInterface, "--external", NatTopology.ExternalInterface,
                "--control", controlPath, .. options, .. LaneOptions(options),
            ]);
        NatEngineProcess process = new(topology.Gateway, program, controlPath);
        try
        {
            program.WaitForLine("Ready", Patience);
            return process;
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>A path for a control socket that nobody else uses.</summary>
    public static string NewControlPath() => Path.Combine(Path.GetTempPath(), $"nel-{Guid.NewGuid():N}.sock");

    /// <summary>Asks it to stop.</summary>
    /// <returns>What it left behind.</returns>
    public ProgramResult Stop() => _program.Stop(Patience);

    /// <summary>Kills it without warning.</summary>
    public void Kill()
    {
        _program.Signal(ProgramSignal.Kill);
        _program.WaitForExit(Patience);
    }

    /// <summary>Runs one of its command-line verbs against the running gateway.</summary>
    public ProgramResult Ask(params IReadOnlyList<string> verb)
        => _gateway.Run(Executable, [.. verb, "--control", ControlPath], Patience);

    /// <summary>How many sessions there are.</summary>
    public int SessionCount() => int.Parse(Ask("sessions", "count").EnsureSuccess().Output.Trim(), null);

    /// <summary>How often each reason has dropped a packet.</summary>
    public IReadOnlyDictionary<string, long> Drops()
    {
        using JsonDocument statistics = Statistics();
        return statistics.RootElement.GetProperty("drops").EnumerateObject()
            .ToDictionary(drop => drop.Name, drop => drop.Value.GetInt64());
    }

    /// <summary>How often one reason has dropped a packet.</summary>
    public long Drops(string reason) => Drops().GetValueOrDefault(reason);

    public void Dispose()
    {
        _program.Dispose();
        File.Delete(ControlPath);
    }

    private JsonDocument Statistics() => JsonDocument.Parse(Ask("stats", "-o", "json").EnsureSuccess().Output);

    // NATENGINE_LANES has every test that does not say otherwise run over so many lanes.
    private static string[] LaneOptions(IReadOnlyList<string> options)
    {
        string? lanes = Environment.GetEnvironmentVariable("NATENGINE_LANES");
        return string.IsNullOrEmpty(lanes)
            || options.Contains("--lanes")
            || options.Contains("--rules")
            || options.Contains("--transmit")
            ? []
            : ["--lanes", lanes];
    }

    private static string FindExecutable()
    {
        if (Environment.GetEnvironmentVariable("NATENGINE") is { Length: > 0 } named)
        {
            return Path.GetFullPath(named);
        }

        string configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/')).Parent!.Name;
        for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
        {
            if (File.Exists(Path.Combine(d.FullName, "NatEngine.sln")))
            {
                return Path.Combine(d.FullName, "src/NatEngine.Host/bin", configuration, "net10.0/natengine");
            }
        }

        throw new InvalidOperationException($"No NatEngine.sln above {AppContext.BaseDirectory}.");
    }
}
