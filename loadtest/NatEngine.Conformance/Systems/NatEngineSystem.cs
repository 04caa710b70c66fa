using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using NatEngine.Lab;

namespace NatEngine.Conformance.Systems;

/// <summary>The product, as a process, exactly as in production.</summary>
/// <param name="command">The executable and what comes before <c>run</c>.</param>
/// <param name="contract">What it claims with these settings.</param>
/// <param name="settings">Makes a natengine.json of an arrangement and the path of the control socket.</param>
public sealed class NatEngineSystem(
    IReadOnlyList<string> command, Contract contract, Func<Arrangement, string, string> settings) : ISystemUnderTest
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    private static int _count;

    /// <inheritdoc/>
    public string Name => "natengine";

    /// <inheritdoc/>
    public Contract Contract => contract;

    /// <inheritdoc/>
    public IDisposable Start(LabHost gateway, Arrangement arrangement)
    {
        ArgumentNullException.ThrowIfNull(gateway);
        string control = Path.Combine(
            Path.GetTempPath(), $"natengine-selftest-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}.sock");

        // By way of standard input nothing is left in the file system, whatever happens.
        RunningProgram program = gateway.Start(
            command[0],
            [.. command.Skip(1), "run", "--config", "/dev/stdin"],
            new ProgramOptions { Input = settings(arrangement, control) });
        Running running = new(program, control);
        try
        {
            program.WaitForLine("Ready", StartPatience);
            return running;
        }
        catch
        {
            running.Kill();
            throw;
        }
    }

    private sealed class Running(RunningProgram program, string control) : IDisposable
    {
        public void Dispose()
        {
            try
            {
                if (program.HasExited)
                {
                    program.WaitForExit(StopPatience);
                    throw new LabException(
                        $"natengine ended while it was judged, with exit code {program.ExitCode}. It said:\n"
                        + program.Error + program.Output);
                }

                program.Stop(StopPatience).EnsureSuccess();
            }
            finally
            {
                Kill();
            }
        }

        public void Kill()
        {
            program.Dispose();
            File.Delete(control);
        }
    }
}
