using System;
using System.Text.Json;
using NatEngine.Lab;
using NatEngine.LoadTest.Clients.Commands;
using NatEngine.LoadTest.Clients.Profiles;
using NatEngine.LoadTest.Clients.Running;
using NatEngine.LoadTest.Clients.Servers;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Testbeds;

namespace NatEngine.LoadTest.Clients.Ladders;

/// <summary>The clients' process, on the inside host and the generator's processor.</summary>
internal sealed class GeneratorProcess : IDisposable
{
    // Beyond the load's own length, a step may take as long as its last transaction, and NBomber's own beginning and
    // end.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly RunningProgram _program;
    private int _number;

    private GeneratorProcess(RunningProgram program) => _program = program;

    /// <summary>Starts it.</summary>
    /// <param name="testbed">Where.</param>
    /// <param name="program">The program that puts the load on; natload itself if null.</param>
    public static GeneratorProcess Start(Testbed testbed, string? program)
        => new(program is null
            ? SelfProgram.StartDialogue(testbed.Inside, testbed.Cores.Generator, SelfProgram.Path, GenerateCommand.Name)
            : SelfProgram.StartDialogue(testbed.Inside, testbed.Cores.Generator, program));

    /// <summary>Runs a step.</summary>
    /// <exception cref="LabException">The process ended, or the step did not within reason.</exception>
    /// <exception cref="MeasurementException">The step could not be run.</exception>
    public StepResult Run(ClientProfile profile, StepLoad load, ServerPlaces servers, int seed, string? reportFolder)
    {
        StepOrder order = new()
        {
            Number = ++_number,
            ProfileSource = profile.Origin.Source,
            ProfileText = profile.Origin.Text,
            Load = load,
            FirstClient = Testbed.FirstClient.ToString(),
            FirstServer = servers.First.ToString(),
            Servers = servers.Count,
            Seed = (ulong)seed,
            ReportFolder = reportFolder,
        };
        _program.WriteLine(JsonSerializer.Serialize(order));
        string prefix = StepAnswer.LinePrefix(_number);
        string line = _program.WaitForLine(prefix, load.RampUp + load.Hold + load.RampDown + Patience);
        int start = line.IndexOf(prefix, StringComparison.Ordinal) + prefix.Length;
        StepAnswer answer = JsonSerializer.Deserialize<StepAnswer>(line.AsSpan(start))
            ?? throw new JsonException("An answer is not null.");
        return answer.Result
            ?? throw new MeasurementException($"{load.Clients} clients of profile {profile.Name}: {answer.Error}");
    }

    /// <summary>Kills it.</summary>
    public void Dispose() => _program.Dispose();
}
