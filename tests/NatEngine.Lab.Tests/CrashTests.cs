using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;

namespace NatEngine.Lab.Tests;

public sealed class CrashTests
{
    [RootFact]
    public void A_killed_process_takes_its_programs_along_at_once()
    {
        using Victim victim = Victim.Start();
        Assert.True(Directory.Exists(ProcessDirectory(victim.SleeperId)));

        victim.End(ProgramSignal.Kill);

        AssertEnds(victim.SleeperId);
    }

    [RootTheory]
    [InlineData(ProgramSignal.Terminate)]
    [InlineData(ProgramSignal.Interrupt)]
    [InlineData(ProgramSignal.Hangup)]
    public void A_process_told_to_stop_removes_its_lab_itself(ProgramSignal signal)
    {
        using Victim victim = Victim.Start();

        victim.End(signal);

        Assert.DoesNotContain(victim.Namespace, Namespaces.List());
        AssertEnds(victim.SleeperId);
    }

    [RootFact]
    public void Removing_stale_labs_leaves_a_living_process_its_own()
    {
        using Victim living = Victim.Start();

        Lab.RemoveStale();

        Assert.Contains(living.Namespace, Namespaces.List());
        Assert.True(Directory.Exists(ProcessDirectory(living.SleeperId)));
    }

    [RootFact]
    public void Removing_stale_labs_leaves_a_namespace_that_no_lab_made()
    {
        string name = $"nel-{Environment.ProcessId}.0-stranger";
        IpCommand.Run(null, $"netns add {name}");
        try
        {
            Lab.RemoveStale();

            Assert.Contains(name, Namespaces.List());
        }
        finally
        {
            IpCommand.Run(null, $"netns del {name}");
        }
    }

    private static string ProcessDirectory(int pid) => "/proc/" + pid.ToString(CultureInfo.InvariantCulture);

    // The kernel has sent the signal by now; that the process is gone from /proc may take a moment longer.
    private static void AssertEnds(int pid)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (Directory.Exists(ProcessDirectory(pid)))
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"Process {pid} still runs.");
            Thread.Sleep(5);
        }
    }
}
