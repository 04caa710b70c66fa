namespace NatEngine.LoadTest.Memory;

/// <summary>What a system held at one moment while sessions came and went.</summary>
/// <param name="Seconds">Since the first session.</param>
/// <param name="Sessions">Sessions.</param>
/// <param name="ResidentOctets">Memory.</param>
/// <param name="HeapOctets">Of it, what the garbage collector manages; null if there is none.</param>
internal readonly record struct ChurnSample(double Seconds, long Sessions, long ResidentOctets, long? HeapOctets);
