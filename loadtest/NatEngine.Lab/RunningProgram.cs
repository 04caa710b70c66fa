using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using NatEngine.Devices.Interop;

namespace NatEngine.Lab;

/// <summary>A program running on a host of the lab.</summary>
/// <remarks>Ends with the lab at the latest, and with this process even if that is killed. Disposing kills
/// it.</remarks>
public sealed class RunningProgram : IDisposable
{
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly ProgramOutput _output;
    private readonly ProgramOutput _error;

    private RunningProgram(string commandLine, Process process)
    {
        CommandLine = commandLine;
        _process = process;
        Id = process.Id;
        _output = new ProgramOutput(process.StandardOutput);
        _error = new ProgramOutput(process.StandardError);
    }

    /// <summary>The program and its arguments, as a person would type them.</summary>
    public string CommandLine { get; }

    /// <summary>The process id. It is the program's own, not that of something that started it.</summary>
    public int Id { get; }

    /// <summary>True once the program has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>The exit code; 128 plus the signal's number if a signal ended it.</summary>
    /// <exception cref="InvalidOperationException">The program has not ended.</exception>
    public int ExitCode => _process.ExitCode;

    /// <summary>Processor time used so far, user and system.</summary>
    /// <exception cref="InvalidOperationException">The program has ended.</exception>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Everything it wrote to standard output so far.</summary>
    public string Output => _output.Text;

    /// <summary>Everything it wrote to standard error so far.</summary>
    public string Error => _error.Text;

    /// <summary>Waits for a line of standard output that contains a text; lines already written count.</summary>
    /// <returns>The first such line.</returns>
    /// <exception cref="LabException">The program ended, or the time passed, without such a line.</exception>
    public string WaitForLine(string text, TimeSpan timeout)
        => _output.WaitForLine(line => line.Contains(text, StringComparison.Ordinal), timeout)
            ?? throw Silence($"line with '{text}' on standard output", timeout);

    /// <summary>Waits for a line of standard error that contains a text; lines already written count.</summary>
    /// <returns>The first such line.</returns>
    /// <exception cref="LabException">The program ended, or the time passed, without such a line.</exception>
    public string WaitForErrorLine(string text, TimeSpan timeout)
        => _error.WaitForLine(line => line.Contains(text, StringComparison.Ordinal), timeout)
            ?? throw Silence($"line with '{text}' on standard error", timeout);

    /// <summary>Writes a line to the program's standard input, which was to be kept open.</summary>
    /// <exception cref="LabException">The program no longer reads.</exception>
    public void WriteLine(string line)
    {
        try
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }
        catch (IOException closed)
        {
            throw new LabException(
                $"{CommandLine}\nno longer reads: {closed.Message} It said:\n{Error}{Output}", closed);
        }
    }

    /// <summary>Sends a signal; does nothing if the program has ended.</summary>
    public void Signal(ProgramSignal signal)
    {
        // A process that has ended keeps its id until .NET has reaped it and HasExited says so; what remains is the
        // instant between the two calls.
        if (!_process.HasExited && Libc.kill(Id, (int)signal) != 0 && !_process.HasExited)
        {
            string reason = Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
            throw new LabException($"Cannot send {signal} to process {Id} ({CommandLine}): {reason}");
        }
    }

    /// <summary>Waits for the program to end and for all it wrote to arrive.</summary>
    /// <returns>What it left behind.</returns>
    /// <exception cref="LabException">It still runs when the time is over. It is left running.</exception>
    public ProgramResult WaitForExit(TimeSpan timeout)
    {
        if (!_process.WaitForExit(timeout))
        {
            throw Silence("end", timeout);
        }

        // A grandchild may hold the streams open; what it writes later is not waited for.
        _output.WaitForEnd(KillPatience);
        _error.WaitForEnd(KillPatience);
        return new ProgramResult(CommandLine, _process.ExitCode, Output, Error);
    }

    /// <summary>Asks the program to stop (SIGTERM) and waits for its end.</summary>
    /// <returns>What it left behind.</returns>
    /// <exception cref="LabException">It still runs when the time is over. It is left running.</exception>
    public ProgramResult Stop(TimeSpan timeout)
    {
        Signal(ProgramSignal.Terminate);
        return WaitForExit(timeout);
    }

    /// <summary>Kills the program if it still runs.</summary>
    public void Dispose()
    {
        Signal(ProgramSignal.Kill);
        _process.WaitForExit(KillPatience);
        _process.Dispose();
    }

    /// <summary>Starts a program in a namespace.</summary>
    internal static RunningProgram Start(
        string networkNamespace, string program, IEnumerable<string> arguments, ProgramOptions options)
    {
        LabRequirements.CheckProgram(program);
        ProcessStartInfo start = new("setpriv")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = options.WorkingDirectory ?? string.Empty,
        };

        // Each of these replaces itself by the next, so the process that we hold is the program itself.
        string[] prefix = ["--pdeathsig", "KILL", "--", "ip", "netns", "exec", networkNamespace];
        List<string> command = [.. prefix];
        if (options.Processors is { } processors)
        {
            command.AddRange(["taskset", "-c", processors]);
        }

        int own = command.Count;
        command.Add(program);
        command.AddRange(arguments);
        foreach (string argument in command)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin:/usr/bin:/bin";
        foreach ((string name, string value) in options.Environment)
        {
            start.Environment[name] = value;
        }

        Process process = Spawner.Start(start);
        RunningProgram running = new(string.Join(' ', command[own..]), process);
        running.Feed(options);
        return running;
    }

    private void Feed(ProgramOptions options)
    {
        try
        {
            _process.StandardInput.Write(options.Input ?? string.Empty);
            if (!options.KeepsInputOpen)
            {
                _process.StandardInput.Close();
            }
        }
        catch (IOException)
        {
            // It ended, or closed its input, before reading everything; its exit code tells the rest.
        }
    }

    private LabException Silence(string wanted, TimeSpan timeout)
    {
        string state = _process.HasExited ? $"exit code {_process.ExitCode}" : "still running";
        return new LabException(
            $"{CommandLine}\n({state}): no {wanted} within {timeout.TotalSeconds:0.#} s. It said:\n{Error}{Output}");
    }
}
