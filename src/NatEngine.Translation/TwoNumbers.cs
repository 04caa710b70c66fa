namespace NatEngine.Translation;

/// <summary>Two numbers that were drawn at once.</summary>
/// <param name="drawn">63 bits of chance.</param>
internal readonly struct TwoNumbers(long drawn)
{
    /// <summary>The first, less than <paramref name="limit"/>.</summary>
    public int First(int limit) => Below(limit, (uint)(drawn >> 31));

    /// <summary>The second.</summary>
    public int Second(int limit) => Below(limit, (uint)drawn << 1);

    // Of 65,536 numbers none is by more than 1 in 32,768 likelier than another.
    private static int Below(int limit, uint chance) => (int)(((ulong)chance * (uint)limit) >> 32);
}
