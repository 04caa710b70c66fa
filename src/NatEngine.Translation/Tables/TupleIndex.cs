using System;
using System.Diagnostics;
using System.Numerics;
using NatEngine.Packets;

namespace NatEngine.Translation.Tables;

/// <summary>Finds a reference by its tuple: a hash table of one-cache-line buckets, as large from the start as it will
/// ever be, so that no packet ever waits for it to grow.</summary>
/// <typeparam name="TKeys">Where the tuples stand. The index itself has only 16 bits of each one's hash, so that a
/// look-up touches one line here and, nearly always, only the right one there.</typeparam>
/// <remarks>
/// <para>Buckets are <see cref="LoadFactor"/> tenths full when all entries are in use; then one in ten has had to
/// chain a second one, where one entry in 40 is found. (Six tenths would take 3 octets more a session, and a million
/// sessions with a mapping each would pass 160.) Their number is not a power of two, the bucket is the upper half of
/// hash × count, so memory is in proportion to what was asked for.</para>
/// <para>The chained buckets cannot run out. Removing an entry moves the last one of its chain into the gap, so in
/// every chain all buckets but the last are full: a chain of k extra buckets holds more than 10 k entries. With at
/// most n entries there are thus fewer than n / 10 extra buckets, and that many are reserved (untouched pages cost
/// nothing).</para>
/// <para>The hash is keyed with a secret: nobody outside can choose tuples that fall into one chain.</para>
/// </remarks>
internal sealed class TupleIndex<TKeys> : IDisposable
    where TKeys : struct, ITupleKeys
{
    /// <summary>Entries per bucket, of ten, when the index is full.</summary>
    private const uint LoadFactor = 7;

    private readonly TKeys _keys;
    private readonly uint _heads;
    private readonly NativeArray<Bucket> _buckets;
    private uint _unusedExtra;
    private uint _freeExtra;

    /// <summary>Makes an empty index.</summary>
    /// <param name="keys">Where the tuples stand.</param>
    /// <param name="entries">How many entries there will be at most.</param>
    public TupleIndex(TKeys keys, uint entries)
    {
        _keys = keys;
        _heads = (entries / LoadFactor) + 1;
        _unusedExtra = _heads;
        _buckets = new NativeArray<Bucket>(checked(_heads + (entries / Bucket.Slots) + 1));
    }

    /// <summary>Octets of the buckets for one entry, without the extra ones.</summary>
    public static double OctetsPerEntry => (double)Bucket.Octets / LoadFactor;

    /// <summary>Extra buckets ever taken.</summary>
    public uint ExtraBuckets => _unusedExtra - _heads;

    /// <summary>Asks the processor to fetch the bucket that <paramref name="hash"/> falls into.</summary>
    public void Prefetch(ulong hash) => _buckets.Prefetch(HeadOf(hash));

    /// <summary>The first reference whose tag fits <paramref name="hash"/>, without looking at its tuple; 0 if there is
    /// none in the first bucket.</summary>
    public uint Guess(ulong hash)
    {
        ref Bucket bucket = ref _buckets[HeadOf(hash)];
        uint matches = bucket.Match(TagOf(hash));
        return matches == 0 ? 0 : bucket.Reference(BitOperations.TrailingZeroCount(matches));
    }

    /// <summary>The reference that stands for <paramref name="tuple"/>; 0 if there is none.</summary>
    public uint Find(FlowTuple tuple, ulong hash)
    {
        ushort tag = TagOf(hash);
        uint at = HeadOf(hash);
        do
        {
            ref Bucket bucket = ref _buckets[at];
            for (uint matches = bucket.Match(tag); matches != 0; matches &= matches - 1)
            {
                uint reference = bucket.Reference(BitOperations.TrailingZeroCount(matches));
                if (_keys.Holds(reference, tuple))
                {
                    return reference;
                }
            }

            at = bucket.Overflow;
        }
        while (at != 0);

        return 0;
    }

    /// <summary>Adds an entry. The tuple must not be there yet, and there must be fewer entries than were announced.
    /// </summary>
    public void Add(uint reference, ulong hash)
    {
        ref Bucket last = ref _buckets[HeadOf(hash)];
        while (last.Overflow != 0)
        {
            last = ref _buckets[last.Overflow];
        }

        int count = last.Count;
        if (count == Bucket.Slots)
        {
            last.Overflow = TakeExtra();
            last = ref _buckets[last.Overflow];
            count = 0;
        }

        last.Set(count, TagOf(hash), reference);
    }

    /// <summary>Removes an entry that is there.</summary>
    public void Remove(uint reference, ulong hash)
    {
        ref Bucket gap = ref _buckets[HeadOf(hash)];
        int slot = SlotOf(ref gap, reference, TagOf(hash));
        ref Bucket last = ref gap;
        ref Bucket beforeLast = ref gap;
        while (last.Overflow != 0)
        {
            beforeLast = ref last;
            last = ref _buckets[last.Overflow];
            if (slot < 0)
            {
                gap = ref last;
                slot = SlotOf(ref gap, reference, TagOf(hash));
            }
        }

        Debug.Assert(slot >= 0, "Only what was added is removed.");
        int lastSlot = last.Count - 1;
        gap.Set(slot, last.Tag(lastSlot), last.Reference(lastSlot));
        last.Set(lastSlot, 0, 0);
        if (lastSlot == 0 && beforeLast.Overflow != 0)
        {
            GiveExtra(ref beforeLast, ref last);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _buckets.Dispose();

    // The highest bit is always set: the tag of an empty slot is 0.
    private static ushort TagOf(ulong hash) => (ushort)(hash | 0x8000);

    private static int SlotOf(ref Bucket bucket, uint reference, ushort tag)
    {
        for (uint matches = bucket.Match(tag); matches != 0; matches &= matches - 1)
        {
            int slot = BitOperations.TrailingZeroCount(matches);
            if (bucket.Reference(slot) == reference)
            {
                return slot;
            }
        }

        return -1;
    }

    private uint HeadOf(ulong hash) => (uint)(((hash >> 32) * _heads) >> 32);

    private uint TakeExtra()
    {
        if (_freeExtra == 0)
        {
            return _unusedExtra++;
        }

        uint taken = _freeExtra;
        ref Bucket bucket = ref _buckets[taken];
        _freeExtra = bucket.Overflow;
        bucket.Overflow = 0;
        return taken;
    }

    private void GiveExtra(ref Bucket beforeLast, ref Bucket last)
    {
        last.Overflow = _freeExtra;
        _freeExtra = beforeLast.Overflow;
        beforeLast.Overflow = 0;
    }
}
