using System;
using System.Diagnostics;

namespace NatEngine.Devices.Tests.Wire;

/// <summary>Runs programs that set the stage.</summary>
internal static class Shell
{
    /// <summary>Runs a program to its end and gives what it printed.</summary>
    internal static string Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        string errors = process.StandardError.ReadToEnd();
        if (!process.WaitForExit(TimeSpan.FromSeconds(20)))
        {
            process.Kill();
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end");
        }

        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {errors}{output}");
    }

    /// <summary>Runs <c>ip</c> with words separated by spaces.</summary>
    internal static string Ip(string arguments) => Run("ip", arguments.Split(' '));
}
