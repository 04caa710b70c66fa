using System;

namespace NatEngine.Host.Hosting;

/// <summary>What memory this process holds, in octets, and what its garbage collector has to do with it. The tables of
/// sessions are no part of the heap.</summary>
/// <param name="Resident">Physical memory.</param>
/// <param name="Heap">Objects on the heap, dead ones that were not collected yet included.</param>
/// <param name="HeapCommitted">Memory that the heap has taken from the system, as of the last collection; 0 before it.
/// </param>
/// <param name="Collections">Collections of any generation.</param>
internal readonly record struct ProcessMemory(long Resident, long Heap, long HeapCommitted, long Collections)
{
    /// <summary>Reads it.</summary>
    internal static ProcessMemory Read() => new(
        Environment.WorkingSet,
        GC.GetTotalMemory(forceFullCollection: false),
        GC.GetGCMemoryInfo().TotalCommittedBytes,
        GC.CollectionCount(0)); // a collection of a higher generation is one of the lower ones, too
}
