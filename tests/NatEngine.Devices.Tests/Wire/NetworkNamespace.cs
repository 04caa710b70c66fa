using System;
using System.IO;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Threading;
using Microsoft.Win32.SafeHandles;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices.Tests.Wire;

/// <summary>A network namespace of a test's own, named <c>nel-dev-…</c>, gone when disposed.</summary>
internal sealed class NetworkNamespace : IDisposable
{
    private const string Folder = "/run/netns";
    private const string Prefix = "nel-dev-";

    private static int _made;

    // A run that was killed left its namespaces behind: their names say whose they were.
    static NetworkNamespace()
    {
        string[] left = Directory.Exists(Folder) ? Directory.GetFiles(Folder, Prefix + "*") : [];
        foreach (string name in left.Select(file => Path.GetFileName(file)))
        {
            if (!Directory.Exists($"/proc/{name[Prefix.Length..].Split('-')[0]}"))
            {
                Shell.Ip($"netns del {name}");
            }
        }
    }

    internal NetworkNamespace()
    {
        Name = $"{Prefix}{Environment.ProcessId}-{Interlocked.Increment(ref _made)}";
        Shell.Ip($"netns add {Name}");
        Shell.Ip($"-n {Name} link set lo up");

        // The kernel's own neighbour discovery would only be noise on the wire.
        Run(() => File.WriteAllText("/proc/sys/net/ipv6/conf/all/disable_ipv6", "1"));
        Run(() => File.WriteAllText("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1"));
    }

    internal string Name { get; }

    /// <summary>Runs <c>ip</c> inside.</summary>
    internal string Ip(string arguments) => Shell.Ip($"-n {Name} {arguments}");

    /// <summary>Runs an action on a thread that enters the namespace and ends with the action: such a thread must never
    /// go back to the pool.</summary>
    internal void Run(Action action)
    {
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                using SafeFileHandle file = File.OpenHandle(Path.Combine(Folder, Name));
                Assert.True(
                    Libc.setns(file, Libc.CLONE_NEWNET) == 0, $"setns: errno {Marshal.GetLastPInvokeError()}");
                action();
            }
            catch (Exception error)
            {
                failure = ExceptionDispatchInfo.Capture(error);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
    }

    /// <summary>Runs a function inside, as <see cref="Run(Action)"/> does.</summary>
    internal T Run<T>(Func<T> function)
    {
        T result = default!;
        Run(() => { result = function(); });
        return result;
    }

    public void Dispose() => Shell.Ip($"netns del {Name}");
}
