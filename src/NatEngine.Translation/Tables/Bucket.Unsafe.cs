using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NatEngine.Translation.Tables;

/// <summary>One cache line of a <see cref="TupleIndex{TKeys}"/>: ten entries, each a tag (some bits of the tuple's
/// hash) and a reference, and the bucket where the chain goes on.</summary>
/// <remarks>What makes it safe: the vector load reads octets 0 to 31 of a structure of 64; slots are 0 to 9, which both
/// accessors check.</remarks>
[StructLayout(LayoutKind.Sequential, Size = Octets)]
internal struct Bucket
{
    /// <summary>Size, in octets: a cache line.</summary>
    public const int Octets = 64;

    /// <summary>Entries in a bucket.</summary>
    public const int Slots = 10;

    private const uint AllSlots = (1U << Slots) - 1;

    private TagArray _tags;
    private ReferenceArray _references;

    /// <summary>The next bucket of the chain; 0 if this is the last.</summary>
    public uint Overflow;

    /// <summary>A bit for each slot whose tag is <paramref name="tag"/>; 0 is the tag of an empty slot.</summary>
    public readonly uint Match(ushort tag)
    {
        // Ten tags are 20 octets: the other twelve that the load brings belong to references and are masked out.
        Vector256<ushort> tags = Vector256.LoadUnsafe(in _tags[0]);
        return Vector256.Equals(tags, Vector256.Create(tag)).ExtractMostSignificantBits() & AllSlots;
    }

    /// <summary>How many slots are taken. They are the first ones: entries are kept without gaps.</summary>
    public readonly int Count => System.Numerics.BitOperations.TrailingZeroCount(Match(0) | (1U << Slots));

    /// <summary>The reference in <paramref name="slot"/>.</summary>
    public readonly uint Reference(int slot) => _references[slot];

    /// <summary>The tag in <paramref name="slot"/>.</summary>
    public readonly ushort Tag(int slot) => _tags[slot];

    /// <summary>Writes an entry, or empties the slot if both are 0.</summary>
    public void Set(int slot, ushort tag, uint reference)
    {
        Debug.Assert((tag == 0) == (reference == 0), "An entry has both parts, an empty slot neither.");
        _tags[slot] = tag;
        _references[slot] = reference;
    }

    [InlineArray(Slots)]
    private struct TagArray
    {
        private ushort _first;
    }

    [InlineArray(Slots)]
    private struct ReferenceArray
    {
        private uint _first;
    }
}
