using System;
using System.Threading;

namespace NatEngine.Devices;

/// <summary>Decides, for one direction of a <see cref="FaultInjectingDevice"/>, what happens to each frame. The same
/// seed and the same frames give the same faults. One thread rolls; any may read the counts.</summary>
internal sealed class FaultDice(FaultRates rates, int seed)
{
    private readonly Random _random = new(seed);
    private long _dropped;
    private long _duplicated;
    private long _reordered;
    private long _corrupted;
    private long _refused;

    internal FaultStatistics Statistics => new(
        Volatile.Read(ref _dropped),
        Volatile.Read(ref _duplicated),
        Volatile.Read(ref _reordered),
        Volatile.Read(ref _corrupted),
        Volatile.Read(ref _refused));

    internal bool Drops() => Roll(rates.Drop, ref _dropped);

    internal bool Duplicates() => Roll(rates.Duplicate, ref _duplicated);

    internal bool Reorders() => Roll(rates.Reorder, ref _reordered);

    internal bool Refuses() => Roll(rates.Refuse, ref _refused);

    /// <summary>Turns a bit of the frame, or none.</summary>
    /// <returns>Where and which: xor it there again to undo.</returns>
    internal (int Index, byte Bit) Corrupts(Span<byte> octets)
    {
        if (octets.IsEmpty || !Roll(rates.Corrupt, ref _corrupted))
        {
            return default;
        }

        int index = _random.Next(octets.Length);
        byte bit = (byte)(1 << _random.Next(8));
        octets[index] ^= bit;
        return (index, bit);
    }

    private bool Roll(double probability, ref long count)
    {
        // A fault that is off takes no random number, so turning one on doesn't shift the others' rolls more than it
        // must.
        if (probability <= 0 || _random.NextDouble() >= probability)
        {
            return false;
        }

        Volatile.Write(ref count, count + 1);
        return true;
    }
}
