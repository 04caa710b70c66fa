using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using NatEngine.LoadTest.Systems;

namespace NatEngine.LoadTest.Memory;

/// <summary>What memory a system holds at one moment, and for how many sessions.</summary>
/// <param name="Sessions">Sessions that the system says it holds.</param>
/// <param name="ResidentOctets">The program's resident set, or the kernel's session entries.</param>
/// <param name="HeapOctets">What the program's garbage collector manages, of its resident set; null if it has none.
/// </param>
/// <param name="KernelOctets">All that the kernel keeps in slabs, for whatever purpose on this machine.</param>
internal sealed record Footprint(long Sessions, long ResidentOctets, long? HeapOctets, long KernelOctets)
{
    private const string Slabs = "Slab:";

    /// <summary>Asks the system, and the kernel.</summary>
    /// <returns>Null if the system does not say what it holds.</returns>
    public static Footprint? Read(ISystemUnderTest system)
    {
        SystemReading reading = system.Read();
        return reading is { Sessions: { } sessions, ResidentOctets: { } resident }
            ? new Footprint(sessions, resident, reading.HeapOctets, KernelSlabs(File.ReadAllText("/proc/meminfo")))
            : null;
    }

    /// <summary>Reads "Slab:  123 kB" of <c>/proc/meminfo</c>, proc(5).</summary>
    /// <exception cref="FormatException">It is not there.</exception>
    public static long KernelSlabs(string memory)
    {
        string line = memory.Split('\n').FirstOrDefault(each => each.StartsWith(Slabs, StringComparison.Ordinal))
            ?? throw new FormatException($"/proc/meminfo has no {Slabs}");
        string number = line[Slabs.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return 1024 * long.Parse(number, CultureInfo.InvariantCulture);
    }

    /// <summary>As details of a sample.</summary>
    public Dictionary<string, double> ToDetails()
    {
        Dictionary<string, double> details = new()
        {
            ["sessionsHeld"] = Sessions,
            ["machineSlabOctets"] = KernelOctets,
        };
        if (HeapOctets is { } heap)
        {
            details["heapOctets"] = heap;
        }

        return details;
    }
}
