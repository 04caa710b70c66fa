using System.Globalization;
using System.IO;
using System.Threading;
using NatEngine.Devices.Tests.Wire;

namespace NatEngine.Devices.Tests;

public sealed class RealtimePriorityTests
{
    private const int RoundRobin = 2; // SCHED_RR, sched(7)

    [RootFact]
    public void The_calling_thread_becomes_a_real_time_thread_and_no_other_does()
    {
        bool taken = false;
        int policy = 0;
        Thread thread = new(() =>
        {
            taken = RealtimePriority.TryTake();
            policy = ReadPolicy();
        });
        thread.Start();
        thread.Join();

        Assert.True(taken);
        Assert.Equal(RoundRobin, policy);
        Assert.Equal(0, ReadPolicy());
    }

    // proc_pid_stat(5), field 41; the second one is the name in parentheses, which may hold spaces.
    private static int ReadPolicy()
    {
        string stat = File.ReadAllText("/proc/thread-self/stat");
        string[] fromThirdField = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return int.Parse(fromThirdField[41 - 3], CultureInfo.InvariantCulture);
    }
}
