using System;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using NatEngine.Lab;
using NatEngine.LoadTest.Clients.Commands;
using NatEngine.LoadTest.Clients.Servers;
using NatEngine.LoadTest.Testbeds;

namespace NatEngine.LoadTest.Clients.Ladders;

/// <summary>The servers' process, on the remote host and the sink's processor.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly RunningProgram _program;

    private ServerProcess(RunningProgram program) => _program = program;

    /// <summary>Processor time that it has used.</summary>
    public TimeSpan ProcessorTime => _program.ProcessorTime;

    /// <summary>Starts it, and waits until it listens.</summary>
    /// <exception cref="LabException">It does not.</exception>
    public static ServerProcess Start(Testbed testbed, ServerPlaces servers)
    {
        RunningProgram program = SelfProgram.Start(testbed.Remote, testbed.Cores.Sink, [
            ServeCommand.Name,
            ServeCommand.FirstOption, servers.First.ToString(),
            ServeCommand.CountOption, servers.Count.ToString(CultureInfo.InvariantCulture),
        ]);
        try
        {
            program.WaitForLine(ServerProgram.ReadyLine, Patience);
            return new ServerProcess(program);
        }
        catch
        {
            program.Dispose();
            throw;
        }
    }

    /// <summary>Stops it.</summary>
    /// <returns>Who came.</returns>
    public ServerVisits Stop()
    {
        string output = _program.Stop(Patience).EnsureSuccess().Output;
        string line = output.Split('\n')
            .FirstOrDefault(each => each.StartsWith(ServerProgram.TallyPrefix, StringComparison.Ordinal))
            ?? throw new LabException($"The servers did not say who came. They said:\n{output}");
        return JsonSerializer.Deserialize<ServerVisits>(line.AsSpan(ServerProgram.TallyPrefix.Length))
            ?? throw new JsonException("Visits are not null.");
    }

    /// <summary>Kills it if it still runs.</summary>
    public void Dispose() => _program.Dispose();
}
