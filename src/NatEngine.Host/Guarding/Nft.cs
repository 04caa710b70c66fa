using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace NatEngine.Host.Guarding;

/// <summary>The nft program (Debian package nftables).</summary>
internal sealed class Nft
{
    // A service's search path may lack the directories that administrators' programs are in.
    private static readonly string[] UsualDirectories = ["/usr/sbin", "/sbin", "/usr/local/sbin"];

    private readonly string _path;

    private Nft(string path) => _path = path;

    /// <summary>Looks for the program.</summary>
    /// <exception cref="GuardException">It is not installed.</exception>
    internal static Nft Find()
    {
        string[] searched = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(
            ':', StringSplitOptions.RemoveEmptyEntries);
        return FindIn(searched.Concat(UsualDirectories));
    }

    /// <summary>Looks for the program in directories, in their order.</summary>
    /// <exception cref="GuardException">It is in none of them.</exception>
    internal static Nft FindIn(IEnumerable<string> directories)
    {
        foreach (string path in directories.Select(directory => Path.Combine(directory, "nft")))
        {
            if (File.Exists(path))
            {
                return new Nft(path);
            }
        }

        throw new GuardException(
            "the guard needs the program nft, which is not installed: install the Debian package nftables, or start "
            + "with --no-guard and keep the kernel from answering and forwarding the engine's packets yourself");
    }

    /// <summary>Runs a script as one transaction: all of it takes effect, or nothing.</summary>
    /// <exception cref="GuardException">nft or the kernel refused it.</exception>
    internal async Task ApplyAsync(string script, CancellationToken cancellation)
        => await RunAsync(["-f", "-"], script, cancellation).ConfigureAwait(false);

    /// <summary>Runs one command and gives what it prints.</summary>
    /// <exception cref="GuardException">nft or the kernel refused it.</exception>
    internal async Task<string> QueryAsync(IEnumerable<string> arguments, CancellationToken cancellation)
        => await RunAsync(arguments, null, cancellation).ConfigureAwait(false);

    private async Task<string> RunAsync(
        IEnumerable<string> arguments, string? input, CancellationToken cancellation)
    {
        ProcessStartInfo start = new(_path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            UseShellExecute = false,
        };
        using Process process = Start(start);
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation);
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellation);
        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellation).ConfigureAwait(false);
        }

        process.StandardInput.Close();
        string printed = await output.ConfigureAwait(false);
        string complaint = await errors.ConfigureAwait(false);
        await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        return process.ExitCode == 0
            ? printed
            : throw new GuardException($"{_path} failed with exit code {process.ExitCode}: {complaint.Trim()}");
    }

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new GuardException($"{_path} could not be started");
        }
        catch (Win32Exception error)
        {
            throw new GuardException($"{_path} could not be started: {error.Message}", error);
        }
    }
}
