using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using NatEngine.Lab;

namespace NatEngine.LoadTest.Tests.Comparison;

/// <summary>natload as a process of its own.</summary>
internal sealed class NatLoadProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private NatLoadProcess(Process process) => _process = process;

    /// <summary>The networks that it has made.</summary>
    public IReadOnlyList<string> Namespaces => Directory.Exists("/run/netns")
        ? [.. Directory.GetFiles("/run/netns", $"nel-{_process.Id}.*").Select(path => Path.GetFileName(path))]
        : [];

    /// <summary>Starts it with arguments.</summary>
    public static NatLoadProcess Start(params string[] arguments) => new(Process.Start(
        new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "natload"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);

    /// <summary>Runs it to its end.</summary>
    /// <returns>Its exit code, and what it said.</returns>
    public static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using NatLoadProcess natload = Start(arguments);
        Process process = natload._process;
        System.Threading.Tasks.Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(Patience), "natload does not end");
        return (process.ExitCode, output, error.Result);
    }

    /// <summary>Waits for a line of output that contains a text.</summary>
    public void WaitFor(string text)
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"natload ended without '{text}': {_process.StandardError.ReadToEnd()}");
    }

    /// <summary>Sends a signal and waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public int End(ProgramSignal signal)
    {
        using Process kill = Process.Start("sh", ["-c", $"kill -{(int)signal} {_process.Id}"]);
        Assert.True(kill.WaitForExit(Patience));
        _process.StandardOutput.ReadToEnd();
        Assert.True(_process.WaitForExit(Patience), "natload does not end");
        return _process.ExitCode;
    }

    /// <summary>Programs that run in a namespace, given a moment to end.</summary>
    public static IReadOnlyList<string> ProgramsLeftIn(IEnumerable<string> namespaces)
    {
        HashSet<string> wanted = [.. namespaces];
        string[] left = [];
        for (Stopwatch watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(5); Thread.Sleep(50))
        {
            left = [.. CommandLines().Where(line => wanted.Any(line.Contains))];
            if (left.Length == 0)
            {
                break;
            }
        }

        return left;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit(Patience);
        _process.Dispose();
        Lab.Lab.RemoveStale();
    }

    private static IEnumerable<string> CommandLines()
    {
        foreach (string directory in Directory.GetDirectories("/proc").Where(path => char.IsDigit(path[^1])))
        {
            string line;
            try
            {
                line = File.ReadAllText(Path.Combine(directory, "cmdline"));
            }
            catch (IOException)
            {
                continue; // It ended meanwhile.
            }

            yield return line.Replace('\0', ' ');
        }
    }
}
