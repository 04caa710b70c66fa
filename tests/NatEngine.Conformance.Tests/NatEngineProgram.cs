using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading.Tasks;

namespace NatEngine.Conformance.Tests;

/// <summary>The product's executable, run as a person would.</summary>
internal static class NatEngineProgram
{
    // A selftest takes 15 seconds; two at a time on a busy machine a minute.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static string Executable { get; } = Find();

    /// <summary>Starts it.</summary>
    public static Process Start(params string[] arguments)
    {
        ProcessStartInfo start = new(Executable, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        return Process.Start(start)!;
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using Process process = Start(arguments);
        return await FinishAsync(process);
    }

    /// <summary>Waits for its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> FinishAsync(Process process)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, await output, await error);
    }

    private static string Find()
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/')).Parent!.Name;
        for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
        {
            if (File.Exists(Path.Combine(d.FullName, "NatEngine.sln")))
            {
                return Path.Combine(d.FullName, "src/NatEngine.Host/bin", configuration, "net10.0/natengine");
            }
        }

        throw new InvalidOperationException($"No NatEngine.sln above {AppContext.BaseDirectory}.");
    }
}
