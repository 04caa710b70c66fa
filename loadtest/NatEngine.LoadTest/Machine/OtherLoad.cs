using System;
using System.Threading;

namespace NatEngine.LoadTest.Machine;

/// <summary>Finds out whether anybody else uses the machine, by looking while nothing is being measured.</summary>
internal static class OtherLoad
{
    private const double TolerablePercent = 10;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(300);

    /// <summary>Looks for a moment.</summary>
    /// <returns>A remark for the samples that follow, or null if the machine is quiet.</returns>
    public static string? Look()
    {
        ProcessorTimes start = ProcessorTimes.Read();
        Thread.Sleep(Glance);
        return Remark(ProcessorTimes.Read().BusyPercentSince(start));
    }

    /// <summary>What to say of a machine that was busy while it should have been idle.</summary>
    public static string? Remark(double busyPercent) => busyPercent <= TolerablePercent
        ? null
        : $"the processors were busy to {busyPercent:0} % while nothing was being measured: other load on the machine";
}
