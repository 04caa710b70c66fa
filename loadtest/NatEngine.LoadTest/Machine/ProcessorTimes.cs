using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace NatEngine.LoadTest.Machine;

/// <summary>What the processors have done since boot, in clock ticks of the kernel (proc_stat(5)).</summary>
/// <param name="Busy">Ticks spent working, interrupts included, one number per processor.</param>
/// <param name="User">Those of them that went to programs rather than to the kernel.</param>
/// <param name="Steal">Ticks that the hypervisor gave to other machines.</param>
/// <param name="Total">All ticks, idle ones included.</param>
internal sealed record ProcessorTimes(
    IReadOnlyList<long> Busy, IReadOnlyList<long> User, IReadOnlyList<long> Steal, IReadOnlyList<long> Total)
{
    // USER_HZ, which is 100 on every architecture that .NET runs on.
    private const double TicksPerSecond = 100;

    private const int UserField = 1;
    private const int NiceField = 2;
    private const int IdleField = 4;
    private const int WaitingField = 5;
    private const int StealField = 8;

    /// <summary>Reads the counters.</summary>
    public static ProcessorTimes Read() => Parse(File.ReadAllText("/proc/stat"));

    /// <summary>Reads the counters from the text of <c>/proc/stat</c>.</summary>
    public static ProcessorTimes Parse(string text)
    {
        List<long> busy = [];
        List<long> user = [];
        List<long> steal = [];
        List<long> total = [];
        foreach (string line in text.Split('\n'))
        {
            // "cpu0 user nice system idle iowait irq softirq steal guest guest_nice"; the line "cpu" is their sum.
            // Guest time is part of user time already.
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length <= StealField || fields[0] == "cpu"
                || !fields[0].StartsWith("cpu", StringComparison.Ordinal))
            {
                continue;
            }

            long sum = 0;
            for (int field = 1; field <= StealField; field++)
            {
                sum += Number(fields[field]);
            }

            total.Add(sum);
            user.Add(Number(fields[UserField]) + Number(fields[NiceField]));
            steal.Add(Number(fields[StealField]));
            busy.Add(sum - Number(fields[IdleField]) - Number(fields[WaitingField]) - steal[^1]);
        }

        return new ProcessorTimes(busy, user, steal, total);
    }

    /// <summary>Which part of the time since <paramref name="earlier"/> a processor worked, in percent.</summary>
    public double BusyPercentSince(ProcessorTimes earlier, int processor)
        => Percent(Busy[processor] - earlier.Busy[processor], Total[processor] - earlier.Total[processor]);

    /// <summary>For how long since <paramref name="earlier"/> a processor ran programs, in seconds.</summary>
    public double UserSecondsSince(ProcessorTimes earlier, int processor)
        => (User[processor] - earlier.User[processor]) / TicksPerSecond;

    /// <summary>For how long since <paramref name="earlier"/> a processor ran the kernel, interrupts included, in
    /// seconds.</summary>
    public double KernelSecondsSince(ProcessorTimes earlier, int processor)
        => ((Busy[processor] - earlier.Busy[processor]) / TicksPerSecond) - UserSecondsSince(earlier, processor);

    /// <summary>Which part of the time since <paramref name="earlier"/> all processors together worked, in percent.
    /// </summary>
    public double BusyPercentSince(ProcessorTimes earlier)
        => Percent(Sum(Busy) - Sum(earlier.Busy), Sum(Total) - Sum(earlier.Total));

    /// <summary>Which part of the time since <paramref name="earlier"/> went to other machines, in percent.</summary>
    public double StealPercentSince(ProcessorTimes earlier)
        => Percent(Sum(Steal) - Sum(earlier.Steal), Sum(Total) - Sum(earlier.Total));

    private static double Percent(long part, long whole) => whole <= 0 ? 0 : 100.0 * part / whole;

    private static long Number(string field) => long.Parse(field, CultureInfo.InvariantCulture);

    private static long Sum(IReadOnlyList<long> ticks)
    {
        long sum = 0;
        foreach (long each in ticks)
        {
            sum += each;
        }

        return sum;
    }
}
