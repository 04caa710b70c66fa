using System;
using System.Collections.Generic;
using NatEngine.Lab;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Testbeds;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Systems;

/// <summary>The product: the <c>natengine</c> program in the gateway, on its one processor.</summary>
/// <param name="label">What the results call it.</param>
/// <param name="program">The executable.</param>
/// <param name="options">Further options of <c>natengine run</c>.</param>
internal sealed class NatEngineSystem(string label, string program, IReadOnlyList<string> options)
    : ISystemUnderTest, IEndsSessions
{
    /// <summary>How the command line calls it.</summary>
    public const string SystemName = "natengine";

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(3);

    private ControlFolder? _folder;
    private LabHost? _gateway;
    private RunningProgram? _running;
    private bool _threaded;

    /// <inheritdoc/>
    public string Name => label;

    /// <inheritdoc/>
    public bool Translates => true;

    /// <inheritdoc/>
    public Testbed Build(CorePlacement cores, ReceivePlace receive)
    {
        _threaded = receive == ReceivePlace.Thread;
        return Testbed.WithGateway(cores, receive);
    }

    /// <inheritdoc/>
    public void SetUp(Testbed testbed)
    {
        _folder = new ControlFolder();
        _gateway = testbed.Gateway;
        string[] arguments =
        [
            "run",
            "--internal", NatTopology.InternalInterface,
            "--external", NatTopology.ExternalInterface,
            "--control", _folder.SocketPath,
            "--napi", _threaded ? "threaded" : "as-is",
            .. options,
        ];
        _running = _gateway.Start(
            program, arguments, new ProgramOptions { Processors = CorePlacement.List(testbed.Cores.System) });
    }

    /// <inheritdoc/>
    public void ResetState() => Ask("sessions", "flush");

    /// <inheritdoc/>
    public int EndSessionsOf(IPv4Prefix hosts) => ConntrackTrailer.Deleted(
        _gateway!.Run(program, ["sessions", "delete", "-s", $"{hosts}", "--control", _folder!.SocketPath]));

    /// <inheritdoc/>
    public void EnsureAlive() => _running?.EnsureAlive(Name);

    /// <inheritdoc/>
    public SystemReading Read()
    {
        if (_running is null || _running.HasExited)
        {
            return SystemReading.Nothing;
        }

        SystemReading program = _running.Read();
        return EngineStatistics.Parse(Ask("stats", "--output", "json")) with
        {
            ProcessorTime = program.ProcessorTime,
            ResidentOctets = program.ResidentOctets,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            // Asked first: a gateway that cannot stop in time, or leaves its rules behind, is to be noticed.
            _running?.Stop(StopPatience);
        }
        catch (LabException)
        {
            // Interrupted, or deaf to SIGTERM. Killed below, and the testbed takes the rest with it.
        }

        _running?.Dispose();
        _folder?.Dispose();
    }

    private string Ask(params string[] question)
        => _gateway!.Run(program, [.. question, "--control", _folder!.SocketPath]).EnsureSuccess().Output.Trim();
}
