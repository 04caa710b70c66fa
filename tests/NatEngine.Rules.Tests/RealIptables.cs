using System;
using System.Diagnostics;
using System.Threading.Tasks;

namespace NatEngine.Rules.Tests;

/// <summary>Debian's iptables in a network namespace that is there for one script and gone with it.</summary>
internal static class RealIptables
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Runs a script of the shell.</summary>
    /// <param name="script">The script.</param>
    /// <param name="input">What it reads from standard input.</param>
    /// <returns>What it wrote to standard output.</returns>
    internal static async Task<string> RunAsync(string script, string input = "")
    {
        ProcessStartInfo start = new("unshare", ["--net", "sh", "-e", "-c", script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await Task.WhenAll(output, error).WaitAsync(Longest);
        await process.WaitForExitAsync().WaitAsync(Longest);
        Assert.True(process.ExitCode == 0, await error);
        return await output;
    }
}
