using System.Collections.Generic;

namespace NatEngine.LoadTest.Machine;

/// <summary>Watches the processors while something is measured.</summary>
internal sealed class Observation
{
    // More than this and the machine is not ours alone, in percent of all processors.
    private const double TolerableSteal = 2;

    private readonly ProcessorTimes _start = ProcessorTimes.Read();
    private readonly CorePlacement _cores;

    private Observation(CorePlacement cores) => _cores = cores;

    /// <summary>Starts watching.</summary>
    public static Observation Start(CorePlacement cores) => new(cores);

    /// <summary>Adds what was seen to the details of a sample, and to its remarks if it makes the sample doubtful.
    /// </summary>
    public void Report(Dictionary<string, double> details, List<string> remarks)
    {
        ProcessorTimes end = ProcessorTimes.Read();
        details["systemCoreBusyPercent"] = end.BusyPercentSince(_start, _cores.System);
        details["generatorCoreBusyPercent"] = end.BusyPercentSince(_start, _cores.Generator);
        details["sinkCoreBusyPercent"] = end.BusyPercentSince(_start, _cores.Sink);
        double steal = end.StealPercentSince(_start);
        details["stealPercent"] = steal;
        if (steal > TolerableSteal)
        {
            remarks.Add($"the hypervisor gave {steal:0.0} % of the processors' time to other machines");
        }
    }
}
