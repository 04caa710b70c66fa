using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace NatEngine.Host.Receiving;

/// <summary>What each processor has done with its time so far, as /proc/stat has it (proc_stat(5)), in its
/// unit.</summary>
internal sealed class ProcessorTimes
{
    // Of a line's numbers: user, nice, system, idle, iowait, irq, softirq, steal. The guests' are in user and nice.
    private const int Idle = 3;
    private const int Waiting = 4;
    private const int SoftInterrupts = 6;
    private const int Numbers = 8;

    private readonly Dictionary<int, long[]> _times = [];

    private ProcessorTimes()
    {
    }

    /// <summary>Reads the file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static ProcessorTimes Read() => Parse(File.ReadLines("/proc/stat"));

    /// <summary>Reads its lines. Those that are no processor's are left out.</summary>
    internal static ProcessorTimes Parse(IEnumerable<string> lines)
    {
        ProcessorTimes times = new();
        foreach (string line in lines)
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is [string name, ..] && name.StartsWith("cpu", StringComparison.Ordinal)
                && int.TryParse(name.AsSpan(3), CultureInfo.InvariantCulture, out int processor)
                && words.Length > Numbers)
            {
                times._times[processor] = Array.ConvertAll(
                    words[1..(Numbers + 1)], word => long.Parse(word, CultureInfo.InvariantCulture));
            }
        }

        return times;
    }

    /// <summary>What became of the time of some processors since an earlier look.</summary>
    /// <returns>Of none of them anything: no interrupts and all idle.</returns>
    internal ProcessorShares Since(ProcessorTimes earlier, IEnumerable<int> processors)
    {
        ProcessorShares shares = new(Interrupts: 0, Idle: 1);
        foreach (int processor in processors)
        {
            if (!_times.TryGetValue(processor, out long[]? now)
                || !earlier._times.TryGetValue(processor, out long[]? then))
            {
                continue; // came or went meanwhile
            }

            // The kernel warns that idle and iowait may go back.
            long all = 0;
            for (int index = 0; index < Numbers; index++)
            {
                all += Math.Max(0, now[index] - then[index]);
            }

            if (all > 0)
            {
                long idle = Math.Max(0, now[Idle] - then[Idle]) + Math.Max(0, now[Waiting] - then[Waiting]);
                double interrupts = (double)(now[SoftInterrupts] - then[SoftInterrupts]) / all;
                shares = new(
                    Math.Max(shares.Interrupts, interrupts), Math.Min(shares.Idle, (double)idle / all));
            }
        }

        return shares;
    }
}
