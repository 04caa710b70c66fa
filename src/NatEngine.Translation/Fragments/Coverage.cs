using System.Runtime.CompilerServices;

namespace NatEngine.Translation.Fragments;

/// <summary>Which parts of a packet's payload have passed: a bit for each eight octets, the unit of RFC 791, of the
/// 64 KiB that a packet can have.</summary>
[InlineArray(Words)]
internal struct Coverage
{
    private const int Words = (1 << 13) / 64;

    private ulong _first;

    /// <summary>Marks a range.</summary>
    /// <param name="start">The first unit.</param>
    /// <param name="end">The unit after the last.</param>
    /// <returns>False, with nothing marked, if any of it is marked already.</returns>
    public bool TryMark(int start, int end)
    {
        for (int word = start >> 6; word <= (end - 1) >> 6; word++)
        {
            if ((this[word] & Mask(word, start, end)) != 0)
            {
                return false;
            }
        }

        for (int word = start >> 6; word <= (end - 1) >> 6; word++)
        {
            this[word] |= Mask(word, start, end);
        }

        return true;
    }

    // The bits of the range that lie in a word that has some.
    private static ulong Mask(int word, int start, int end)
    {
        int low = int.Max(start - (word << 6), 0);
        int high = int.Min(end - (word << 6), 64);
        return (ulong.MaxValue << low) & (ulong.MaxValue >> (64 - high));
    }
}
