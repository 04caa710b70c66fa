using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using NatEngine.Lab;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Testbeds;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Systems;

/// <summary>The product: the <c>natengine</c> program in the gateway, on its one processor unless it was given more.
/// </summary>
/// <param name="label">What the results call it.</param>
/// <param name="program">The executable.</param>
/// <param name="options">Further options of <c>natengine run</c>.</param>
/// <param name="processors">Those that the program may use; the system's one if null.</param>
internal sealed class NatEngineSystem(
    string label, string program, IReadOnlyList<string> options, IReadOnlyList<int>? processors = null)
    : ISystemUnderTest, IEndsSessions
{
    /// <summary>How the command line calls it.</summary>
    public const string SystemName = "natengine";

    /// <summary>The address that natengine translates to, unless its options name another: its own, so that it has the
    /// same ports as masquerade, all from 1024 on. The remote host's network has it to spare.</summary>
    public const string OwnAddress = "203.0.113.2";

    private const string AddressOption = "--external-address";
    private const string NapiOption = "--napi";

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(3);

    private ControlFolder? _folder;
    private LabHost? _gateway;
    private RunningProgram? _running;
    private bool _threaded;

    /// <inheritdoc/>
    public string Name => label;

    /// <inheritdoc/>
    public bool Translates => true;

    /// <summary>The options that a natengine is run with.</summary>
    /// <param name="common">Those of every natengine.</param>
    /// <param name="own">Those of this one.</param>
    public static IReadOnlyList<string> OptionsOf(IReadOnlyList<string> common, IReadOnlyList<string> own)
    {
        string[] given = [.. common, .. own];
        return given.Any(IsAddress) ? given : [AddressOption, OwnAddress, .. given];
    }

    /// <inheritdoc/>
    public Testbed Build(CorePlacement cores, ReceivePlace receive)
    {
        _threaded = receive == ReceivePlace.Thread;
        Testbed testbed = Testbed.WithGateway(cores, receive, AddressIn(options));
        if (receive != ReceivePlace.System || !options.Any(IsNapi))
        {
            return testbed;
        }

        try
        {
            testbed.GiveNapi(); // for natengine to take or leave
            return testbed;
        }
        catch
        {
            testbed.Dispose();
            throw;
        }
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
            .. _threaded && !options.Any(IsNapi) ? [NapiOption, "threaded"] : Array.Empty<string>(),
            .. options,
        ];
        string mine = CorePlacement.List(processors ?? [testbed.Cores.System]);
        _running = _gateway.Start(program, arguments, new ProgramOptions { Processors = mine });
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

    // The first of several, or of a range: what comes from another is found by the checks.
    private static IPAddress AddressIn(IReadOnlyList<string> all)
    {
        int index = all.ToList().FindIndex(IsAddress);
        string value = index < 0 ? string.Empty
            : all[index].Contains('=') ? all[index].Split('=', 2)[1]
            : all.ElementAtOrDefault(index + 1) ?? string.Empty;
        return IPAddress.TryParse(value.Split(',', '-')[0], out IPAddress? address)
            ? address
            : NatTopology.ExternalAddress;
    }

    private static bool IsAddress(string option)
        => option == AddressOption || option.StartsWith(AddressOption + "=", StringComparison.Ordinal);

    private static bool IsNapi(string option)
        => option == NapiOption || option.StartsWith(NapiOption + "=", StringComparison.Ordinal);

    private string Ask(params string[] question)
        => _gateway!.Run(program, [.. question, "--control", _folder!.SocketPath]).EnsureSuccess().Output.Trim();
}
