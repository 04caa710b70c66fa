using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>
/// Has the kernel receive an interface's frames in threads of its own (threaded NAPI,
/// Documentation/networking/napi.rst) instead of in interrupts, for as long as this lives.
/// </summary>
/// <remarks>
/// <para>Interrupts come before every program: on a processor that does both, a flood leaves no time to forward what
/// they put into the ring (receive livelock). A thread has to share. Its threads may run where this process may, and
/// give way to it (<see cref="Nice"/>): what is too much is then lost in the network card's own ring, where it costs
/// nothing.</para>
/// <para>The setting is the interface's, and stays if the process is killed. The engine works with it or
/// without.</para>
/// </remarks>
public sealed class NapiThreads : IDisposable
{
    /// <summary>How much nicer than this process the threads are, whose own nice value is 0 unless it was given
    /// another (<c>Nice=</c> in a unit). At 5 they get a quarter of a processor that they share with it, about what
    /// receiving costs beside forwarding; whoever else runs there can still not starve them.</summary>
    public const int Nice = 5;

    private const int Nicest = 19;

    private const string On = "1";

    // The threads are there when the kernel has taken the setting; their names follow when each first runs.
    private const int Looks = 50;
    private const int LookMilliseconds = 2;

    private readonly string _path;
    private readonly string _before;

    private NapiThreads(string path, string before, int count)
    {
        _path = path;
        _before = before;
        Count = count;
    }

    /// <summary>How many threads were found: one for each queue of the interface. None where this process
    /// can't see the kernel's threads (in a container).</summary>
    public int Count { get; }

    /// <summary>Whether the interface had them already: then they stay when this ends.</summary>
    public bool WereThere => _before == On;

    /// <summary>Moves an interface of the calling thread's network namespace to threads. If it has them already,
    /// whoever saw to that keeps the say.</summary>
    /// <exception cref="DeviceException">The kernel (before 5.12), the driver (if it has no NAPI) or the lack of a
    /// right does not allow it; the interface is as it was.</exception>
    public static NapiThreads Start(string interfaceName)
    {
        string folder = $"/sys/class/net/{interfaceName}";
        string path = $"{folder}/threaded";
        try
        {
            // What /sys shows is that network namespace's which it was mounted in.
            int index = int.Parse(File.ReadAllText($"{folder}/ifindex"), CultureInfo.InvariantCulture);
            if (index != Libc.if_nametoindex(interfaceName))
            {
                throw new DeviceException($"{folder} is an interface of another network namespace");
            }

            string before = File.ReadAllText(path).Trim();
            HashSet<int> others = [.. Find(interfaceName)];
            if (before == On)
            {
                return new NapiThreads(path, before, others.Count); // by whoever also said where they run
            }

            File.WriteAllText(path, On);
            return new NapiThreads(path, before, Place(interfaceName, others));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DeviceException(error.Message); // which names the file
        }
    }

    /// <summary>Puts the interface back as it was. One that is gone is no error.</summary>
    public void Dispose()
    {
        if (WereThere)
        {
            return;
        }

        try
        {
            File.WriteAllText(_path, _before);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The interface was removed, or the right was given up: it forwards either way.
        }
    }

    // Another network namespace may have an interface of this name: those that were there before are left alone, unless
    // no others come. (Kernels before 6.17 keep an interface's threads when they are no longer used.)
    private static int Place(string interfaceName, HashSet<int> others)
    {
        int[] found = [];
        for (int look = 0; look < Looks && found.Length == 0; look++)
        {
            Thread.Sleep(LookMilliseconds);
            found = [.. Find(interfaceName).Where(thread => !others.Contains(thread))];
        }

        if (found.Length == 0)
        {
            found = [.. others];
        }

        int nice = Math.Min(Libc.getpriority(Libc.PRIO_PROCESS, Environment.ProcessId) + Nice, Nicest);
        foreach (int thread in found)
        {
            // Refused without CAP_SYS_NICE: it then runs where the kernel likes, as well as it can.
            _ = ThreadAffinity.Share(thread);
            _ = Libc.setpriority(Libc.PRIO_PROCESS, thread, nice);
        }

        return found.Length;
    }

    // The kernel calls them napi/INTERFACE-NUMBER (napi_kthread_create).
    private static IEnumerable<int> Find(string interfaceName)
    {
        string prefix = $"napi/{interfaceName}-";
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int thread)
                && ReadName(folder).StartsWith(prefix, StringComparison.Ordinal))
            {
                yield return thread;
            }
        }
    }

    private static string ReadName(string folder)
    {
        try
        {
            return File.ReadAllText($"{folder}/comm");
        }
        catch (IOException)
        {
            return string.Empty; // it ended between the listing and the question
        }
    }
}
