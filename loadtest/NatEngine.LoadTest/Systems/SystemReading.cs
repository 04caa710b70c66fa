using System;
using System.Collections.Frozen;
using System.Collections.Generic;

namespace NatEngine.LoadTest.Systems;

/// <summary>What a system under test tells of itself; null, or nothing, for what it does not have.</summary>
internal sealed record SystemReading
{
    /// <summary>A system that tells nothing.</summary>
    public static SystemReading Nothing { get; } = new();

    /// <summary>Sessions that it remembers now.</summary>
    public long? Sessions { get; init; }

    /// <summary>Packets that it dropped since it was set up, by the reason's name as the system writes it.</summary>
    public IReadOnlyDictionary<string, long> Drops { get; init; } = FrozenDictionary<string, long>.Empty;

    /// <summary>Processor time that its program has used in user and kernel mode; what interrupts did for it is not
    /// included.</summary>
    public TimeSpan? ProcessorTime { get; init; }

    /// <summary>Memory that it holds, in octets: the program's resident set, or the kernel's session entries (of the
    /// whole machine, because the kernel keeps them in one place).</summary>
    public long? ResidentOctets { get; init; }

    /// <summary>What the program's garbage collector manages, in octets, what is set aside included.</summary>
    public long? HeapOctets { get; init; }
}
