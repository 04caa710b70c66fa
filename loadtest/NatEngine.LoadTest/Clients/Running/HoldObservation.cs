using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using NatEngine.LoadTest.Machine;

namespace NatEngine.LoadTest.Clients.Running;

/// <summary>What the machine's processors did while a step counted.</summary>
/// <param name="BusyPercent">How busy each processor was.</param>
/// <param name="StealPercent">What the hypervisor gave to other machines, of all processors' time.</param>
/// <param name="GeneratorPercent">Processor time of the generator's own process, 100 for one processor.</param>
internal sealed record HoldObservation(
    IReadOnlyList<double> BusyPercent, double StealPercent, double GeneratorPercent)
{
    /// <summary>Watches from when a window starts until it ends.</summary>
    /// <param name="window">The window.</param>
    /// <param name="done">Completes when the load is over, at the latest.</param>
    public static async Task<HoldObservation> WatchAsync(HoldWindow window, Task done)
    {
        await Task.WhenAny(window.Opened, done);
        await UntilAsync(window.Start, done);
        ProcessorTimes start = ProcessorTimes.Read();
        TimeSpan ownStart = Environment.CpuUsage.TotalTime;
        long since = Stopwatch.GetTimestamp();
        await UntilAsync(window.End, done);
        ProcessorTimes end = ProcessorTimes.Read();
        double seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        double own = (Environment.CpuUsage.TotalTime - ownStart).TotalSeconds;
        return new HoldObservation(
            [.. Enumerable.Range(0, end.Busy.Count).Select(processor => end.BusyPercentSince(start, processor))],
            end.StealPercentSince(start),
            seconds > 0 ? 100 * own / seconds : 0);
    }

    private static Task UntilAsync(long time, Task done)
    {
        long now = Stopwatch.GetTimestamp();
        if (time <= now)
        {
            return Task.CompletedTask;
        }

        // A window without an end is over with the load. What goes wrong with the load is for whoever waits for it.
        return time == long.MaxValue
            ? Task.WhenAny(done)
            : Task.WhenAny(Task.Delay(Stopwatch.GetElapsedTime(now, time)), done);
    }
}
