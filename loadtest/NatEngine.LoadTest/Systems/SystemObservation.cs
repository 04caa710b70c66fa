using System.Collections.Generic;
using NatEngine.LoadTest.Machine;

namespace NatEngine.LoadTest.Systems;

/// <summary>Watches a system, and the processors, from before a measurement until after it.</summary>
internal sealed class SystemObservation
{
    private readonly ISystemUnderTest _system;
    private readonly CorePlacement _cores;
    private readonly SystemReading _before;
    private readonly ProcessorTimes _start;

    private SystemObservation(ISystemUnderTest system, CorePlacement cores)
    {
        _system = system;
        _cores = cores;
        _before = system.Read();
        _start = ProcessorTimes.Read();
    }

    /// <summary>Starts watching.</summary>
    public static SystemObservation Start(ISystemUnderTest system, CorePlacement cores) => new(system, cores);

    /// <summary>What was seen since, as details of a sample: names in camelCase that end in their units; a drop's name
    /// is <c>drops:</c> and the system's reason.</summary>
    public IReadOnlyDictionary<string, double> Finish()
    {
        ProcessorTimes end = ProcessorTimes.Read();
        SystemReading after = _system.Read();
        Dictionary<string, double> details = new()
        {
            ["systemCoreUserSeconds"] = end.UserSecondsSince(_start, _cores.System),
            ["systemCoreKernelSeconds"] = end.KernelSecondsSince(_start, _cores.System),
            ["generatorCoreBusySeconds"] = BusySeconds(end, _cores.Generator),
            ["sinkCoreBusySeconds"] = BusySeconds(end, _cores.Sink),
        };
        if (after.Sessions is { } sessions)
        {
            details["sessions"] = sessions;
        }

        if (after.ResidentOctets is { } octets)
        {
            details["residentOctets"] = octets;
        }

        if (after.ProcessorTime - _before.ProcessorTime is { } used)
        {
            details["programProcessorSeconds"] = used.TotalSeconds;
        }

        foreach ((string reason, long count) in after.Drops)
        {
            long since = count - _before.Drops.GetValueOrDefault(reason);
            if (since != 0)
            {
                details["drops:" + reason] = since;
            }
        }

        return details;
    }

    private double BusySeconds(ProcessorTimes end, int processor)
        => end.UserSecondsSince(_start, processor) + end.KernelSecondsSince(_start, processor);
}
