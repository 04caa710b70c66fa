using System;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>A pseudorandom order of connections in which each occurs once (RFC 9693 section 4.3; siitperf's
/// pre-generated permutation). The same seed makes the same order.</summary>
internal static class FlowOrder
{
    /// <summary>Shuffles the numbers from 0 to <paramref name="count"/> - 1.</summary>
    public static int[] Shuffled(int count, int seed) => Shuffled(0, count, seed);

    /// <summary>Shuffles <paramref name="count"/> numbers from <paramref name="first"/> on.</summary>
    public static int[] Shuffled(int first, int count, int seed)
    {
        int[] order = new int[count];
        for (int i = 0; i < count; i++)
        {
            order[i] = first + i;
        }

        // A seeded Random keeps its algorithm from version to version (its documentation's promise).
        new Random(seed).Shuffle(order);
        return order;
    }

    /// <summary>Shuffles given numbers, which stay as they are.</summary>
    public static int[] Shuffled(ReadOnlySpan<int> flows, int seed)
    {
        int[] order = flows.ToArray();
        new Random(seed).Shuffle(order);
        return order;
    }
}
