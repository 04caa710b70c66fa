using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using NatEngine.Devices.Interop;

namespace NatEngine.Lab;

/// <summary>Removes namespaces together with whatever still runs in them.</summary>
internal static class NamespaceRemoval
{
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(5);

    /// <summary>Kills the programs in the namespaces and removes those. One that is gone already is no error.</summary>
    public static void Remove(IReadOnlyCollection<string> namespaces)
    {
        KillPrograms(namespaces);
        string[] present = [.. namespaces.Where(name => File.Exists(Path.Combine(NetworkNamespace.Directory, name)))];
        if (present.Length != 0)
        {
            IpCommand.TryRunAll([.. present.Select(name => $"netns del {name}")]);
        }
    }

    /// <summary>The namespaces whose names start with a prefix.</summary>
    public static IReadOnlyList<string> WithPrefix(string prefix) => Directory.Exists(NetworkNamespace.Directory)
        ? [.. Directory.EnumerateFiles(NetworkNamespace.Directory).Select(Path.GetFileName)
            .OfType<string>().Where(name => name.StartsWith(prefix, StringComparison.Ordinal))]
        : [];

    private static void KillPrograms(IReadOnlyCollection<string> namespaces)
    {
        HashSet<string> identities = [.. namespaces.Select(Identity).OfType<string>()];

        // Again until there is none, because a program may fork while it is being killed.
        for (Stopwatch watch = Stopwatch.StartNew(); watch.Elapsed < KillPatience; Thread.Sleep(1))
        {
            List<int> running = ProcessesIn(identities);
            if (running.Count == 0)
            {
                return;
            }

            foreach (int pid in running)
            {
                _ = Libc.kill(pid, (int)ProgramSignal.Kill);
            }
        }
    }

    /// <summary>What <c>/proc/PID/ns/net</c> of a process in there points to, such as "net:[4026532208]"; null if there
    /// is no such namespace.</summary>
    public static string? Identity(string name)
    {
        try
        {
            return NetworkNamespace.Enter(name, () => new FileInfo("/proc/thread-self/ns/net").LinkTarget);
        }
        catch (LabException)
        {
            return null; // Gone, or a name without a namespace behind it: nothing runs there.
        }
    }

    private static List<int> ProcessesIn(HashSet<string> identities)
    {
        List<int> found = [];
        foreach (string directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
                && pid != Environment.ProcessId
                && NamespaceOf(pid) is { } identity
                && identities.Contains(identity))
            {
                found.Add(pid);
            }
        }

        return found;
    }

    private static string? NamespaceOf(int pid)
    {
        try
        {
            return new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/ns/net")).LinkTarget;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null; // It ended, or is a zombie, which belongs to no namespace any more.
        }
    }
}
