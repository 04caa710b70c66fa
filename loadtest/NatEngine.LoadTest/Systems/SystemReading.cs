using System;

namespace NatEngine.LoadTest.Systems;

/// <summary>What a system under test tells of itself; null for what it does not have.</summary>
/// <param name="Sessions">Sessions that it remembers now.</param>
/// <param name="Drops">Packets that it dropped since it was set up.</param>
/// <param name="ProcessorTime">Processor time that its program has used, the kernel's work for it not included.</param>
/// <param name="ResidentOctets">Memory that its program holds, in octets.</param>
internal readonly record struct SystemReading(
    long? Sessions, long? Drops, TimeSpan? ProcessorTime, long? ResidentOctets);
