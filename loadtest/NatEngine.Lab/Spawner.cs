using System;
using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace NatEngine.Lab;

/// <summary>Starts processes, all from one thread that lives as long as this process.</summary>
/// <remarks>
/// The kernel delivers a child's parent-death signal when the <em>thread</em> that forked it ends (prctl(2),
/// PR_SET_PDEATHSIG). A child started from a pool thread would be killed when the pool retires that thread.
/// </remarks>
internal static class Spawner
{
    private static readonly BlockingCollection<(ProcessStartInfo Start, TaskCompletionSource<Process> Started)> Requests
        = StartThread();

    /// <summary>Starts a process that the kernel kills when this process ends, however it ends.</summary>
    /// <exception cref="LabException">The program is not installed.</exception>
    public static Process Start(ProcessStartInfo start)
    {
        TaskCompletionSource<Process> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Requests.Add((start, started));
        return started.Task.GetAwaiter().GetResult();
    }

    private static BlockingCollection<(ProcessStartInfo Start, TaskCompletionSource<Process> Started)> StartThread()
    {
        BlockingCollection<(ProcessStartInfo Start, TaskCompletionSource<Process> Started)> requests = [];
        Thread thread = new(() => Serve(requests)) { IsBackground = true, Name = "lab spawner" };
        thread.Start();
        return requests;
    }

    private static void Serve(
        BlockingCollection<(ProcessStartInfo Start, TaskCompletionSource<Process> Started)> requests)
    {
        foreach ((ProcessStartInfo start, TaskCompletionSource<Process> started) in requests.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception failure) when (failure is Win32Exception or InvalidOperationException)
            {
                started.SetException(new LabException($"Cannot start '{start.FileName}': {failure.Message}", failure));
            }
        }
    }
}
