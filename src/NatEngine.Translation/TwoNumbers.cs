namespace NatEngine.Translation;

/// <summary>Two numbers that were drawn at once, and as many more as are wanted of the same draw.</summary>
/// <param name="drawn">63 bits of chance.</param>
internal readonly struct TwoNumbers(long drawn)
{
    /// <summary>What was drawn.</summary>
    public long Drawn => drawn;

    /// <summary>The first, less than <paramref name="limit"/>.</summary>
    public int First(int limit) => Below(limit, (uint)(drawn >> 31));

    /// <summary>The second.</summary>
    public int Second(int limit) => Below(limit, (uint)drawn << 1);

    /// <summary>Two others: as good as another draw for whoever does not know this one (SplitMix64, Steele, Lea and
    /// Flood 2014).</summary>
    public TwoNumbers Others()
    {
        ulong mixed = (ulong)drawn + 0x9e37_79b9_7f4a_7c15;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58_476d_1ce4_e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d0_49bb_1331_11eb;
        return new TwoNumbers((long)((mixed ^ (mixed >> 31)) >> 1));
    }

    // Of 65,536 numbers none is by more than 1 in 32,768 likelier than another.
    private static int Below(int limit, uint chance) => (int)(((ulong)chance * (uint)limit) >> 32);
}
