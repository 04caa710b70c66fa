using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using NatEngine.LoadTest.Testbeds;

namespace NatEngine.LoadTest.Machine;

/// <summary>Finds out what there is to say of the machine.</summary>
internal static class MachineInspection
{
    private const string Unknown = "unknown";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly string[] Offloads =
    [
        "tx-checksumming", "scatter-gather", "tcp-segmentation-offload", "generic-segmentation-offload",
        "generic-receive-offload",
    ];

    private static readonly string[] Parameters =
    [
        "net.netfilter.nf_conntrack_max", "net.netfilter.nf_conntrack_buckets", "net.core.rmem_max",
        "net.core.wmem_max", "net.core.netdev_max_backlog", "net.core.netdev_budget", "kernel.sched_autogroup_enabled",
    ];

    // How the runtime compiles and collects; not the variables of a build or of a user's tools.
    private static readonly string[] RuntimeVariables =
        ["DOTNET_Tiered", "DOTNET_TC", "DOTNET_ReadyToRun", "DOTNET_gc", "DOTNET_GC"];

    /// <summary>Looks at the machine, and at the interfaces of a lab on it.</summary>
    public static MachineDescription Inspect(CorePlacement cores)
    {
        string[] processor = ReadLines("/proc/cpuinfo");
        return new MachineDescription(
            ValueOf(processor, "model name", ':'),
            Environment.ProcessorCount,
            ValueOf(processor, "flags", ':').Split(' ').Contains("hypervisor"),
            FirstLine("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"),
            GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            FirstLine("/proc/sys/kernel/osrelease"),
            ValueOf(ReadLines("/etc/os-release"), "PRETTY_NAME", '=').Trim('"'),
            RuntimeInformation.FrameworkDescription,
            Commit(),
            Tools(),
            InterfaceOffloads(cores),
            LoadAverage(),
            Settings());
    }

    private static Dictionary<string, string> Settings()
    {
        Dictionary<string, string> settings = Parameters.ToDictionary(
            name => name, name => FirstLine("/proc/sys/" + name.Replace('.', '/')));
        settings["kernel command line"] = FirstLine("/proc/cmdline");
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (variable.Key is string name && RuntimeVariables.Any(
                prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
            {
                settings[name] = variable.Value as string ?? string.Empty;
            }
        }

        return settings;
    }

    private static string Commit()
    {
        string commit = OutputOf("git", "-C", AppContext.BaseDirectory, "rev-parse", "--short=12", "HEAD");
        return commit == Unknown || OutputOf("git", "-C", AppContext.BaseDirectory, "status", "--porcelain") is Unknown
            ? commit
            : commit + "+changes";
    }

    private static string Tools() => string.Join(
        ", ", FirstLineOf(OutputOf("iperf3", "--version")), OutputOf("ping", "-V"), OutputOf("nft", "--version"));

    private static string InterfaceOffloads(CorePlacement cores)
    {
        using Testbed testbed = Testbed.WithoutGateway(cores);
        string[] features = testbed.Inside.Run("ethtool", ["-k", Testbed.EndInterface]).Output.Split('\n');
        return string.Join(", ", Offloads.Select(name => $"{name} {ValueOf(features, name, ':')}"));
    }

    private static double LoadAverage() => double.TryParse(
        FirstLine("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture, out double load) ? load : double.NaN;

    private static string ValueOf(string[] lines, string name, char separator)
    {
        string? line = lines.FirstOrDefault(each => each.StartsWith(name, StringComparison.Ordinal));
        return line is null ? Unknown : line[(line.IndexOf(separator) + 1)..].Trim();
    }

    private static string FirstLine(string path) => ReadLines(path).FirstOrDefault(Unknown);

    private static string FirstLineOf(string text) => text.Split('\n')[0];

    private static string[] ReadLines(string path) => File.Exists(path) ? File.ReadAllLines(path) : [];

    /// <summary>What a program writes, "unknown" if it fails, is not there or has nothing to say.</summary>
    private static string OutputOf(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            string output = process.StandardOutput.ReadToEnd().Trim();
            return process.WaitForExit(Patience) && process.ExitCode == 0 && output.Length != 0 ? output : Unknown;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return Unknown;
        }
    }
}
