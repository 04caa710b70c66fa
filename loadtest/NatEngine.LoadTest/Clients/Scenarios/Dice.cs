namespace NatEngine.LoadTest.Clients.Scenarios;

/// <summary>Repeatable chance: the same seed, client and transaction throw the same numbers, whatever the order in
/// which transactions run.</summary>
/// <remarks>SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).</remarks>
internal sealed class Dice(ulong seed, ulong client, ulong transaction)
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    private ulong _state = Mix(Mix(seed + GoldenGamma) + (client * GoldenGamma)) + transaction;

    /// <summary>A whole number from 0 to below a bound.</summary>
    public int Below(int bound) => (int)(Next() % (uint)bound);

    /// <summary>A number from 0 to 1, both excluded.</summary>
    public double Fraction() => ((Next() >> 11) + 0.5) / (1UL << 53);

    private ulong Next() => Mix(_state += GoldenGamma);

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
