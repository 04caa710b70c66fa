using System;
using System.IO;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Threading;
using Microsoft.Win32.SafeHandles;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices.Tests.Wire;

/// <summary>A network namespace of a test's own, named <c>nel-dev-…</c>, gone when disposed.</summary>
internal sealed class NetworkNamespace : IDisposable
{
    private static int _made;

    internal NetworkNamespace()
    {
        Name = $"nel-dev-{Environment.ProcessId}-{Interlocked.Increment(ref _made)}";
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
                using SafeFileHandle file = File.OpenHandle($"/run/netns/{Name}");
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
