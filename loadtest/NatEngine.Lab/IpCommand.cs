using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace NatEngine.Lab;

/// <summary>Runs iproute2's <c>ip</c> on batches of commands.</summary>
internal static class IpCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Runs commands in one go; stops at the first that fails.</summary>
    /// <param name="networkNamespace">Where; null for commands that name their namespaces themselves.</param>
    /// <param name="commands">What would follow <c>ip</c> on a command line, one command each.</param>
    /// <exception cref="LabException">A command failed; the message holds the batch and the answer.</exception>
    public static void Run(string? networkNamespace, params IReadOnlyCollection<string> commands)
    {
        ProgramResult result = Batch(networkNamespace, force: false, commands);
        if (!result.Succeeded)
        {
            throw new LabException(
                $"{result.CommandLine}\n{string.Join('\n', commands)}\nfailed: {result.Error}".TrimEnd());
        }
    }

    /// <summary>Runs every one of the commands, also after one has failed.</summary>
    /// <returns>True if all succeeded.</returns>
    public static bool TryRunAll(params IReadOnlyCollection<string> commands)
        => Batch(null, force: true, commands).Succeeded;

    /// <summary>Runs one command.</summary>
    /// <returns>True if it succeeded.</returns>
    public static bool TryRun(params string[] arguments) => Execute(arguments, string.Empty).Succeeded;

    /// <summary>Runs one command and returns what it printed.</summary>
    /// <exception cref="LabException">The command failed.</exception>
    public static string Ask(params string[] arguments) => Execute(arguments, string.Empty).EnsureSuccess().Output;

    private static ProgramResult Batch(string? networkNamespace, bool force, IReadOnlyCollection<string> commands)
    {
        List<string> arguments = [];
        if (networkNamespace is not null)
        {
            arguments.AddRange(["-netns", networkNamespace]);
        }

        if (force)
        {
            arguments.Add("-force");
        }

        arguments.AddRange(["-batch", "-"]);
        return Execute(arguments, string.Join('\n', commands) + "\n");
    }

    private static ProgramResult Execute(IReadOnlyCollection<string> arguments, string input)
    {
        ProcessStartInfo start = new("ip", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin:/usr/bin:/bin";
        using Process process = Spawner.Start(start);
        ProgramOutput output = new(process.StandardOutput);
        ProgramOutput error = new(process.StandardError);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        string commandLine = "ip " + string.Join(' ', arguments);
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
            throw new LabException($"{commandLine} did not end within {Patience.TotalSeconds:0} s.");
        }

        output.WaitForEnd(Patience);
        error.WaitForEnd(Patience);
        return new ProgramResult(commandLine, process.ExitCode, output.Text, error.Text);
    }
}
