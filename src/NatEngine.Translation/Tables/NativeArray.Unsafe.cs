using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace NatEngine.Translation.Tables;

/// <summary>A fixed number of values, all zero at first, in memory that the collector neither owns nor scans. The
/// kernel commits a page of it when the page is first touched, so a table costs what it holds, not what it could hold.
/// </summary>
/// <remarks>
/// <para>What makes it safe: every access is compared with the length, which is zero after <see cref="Dispose"/>; the
/// values contain no references; the memory never moves or grows. A <c>ref</c> into it must not outlive the array,
/// which its owner sees to by disposing of it last, on the one thread that uses it.</para>
/// <para>The first value stands at the start of a cache line. What fills a huge page or more is reserved as
/// <see cref="TableMemory"/>, the rest comes from the C library.</para>
/// </remarks>
internal sealed unsafe class NativeArray<T> : IDisposable
    where T : unmanaged
{
    private const nuint CacheLine = 64;

    private readonly void* _allocation;
    private readonly T* _first;
    private readonly nuint _octets;
    private uint _length;

    /// <summary>Reserves room for <paramref name="length"/> values.</summary>
    /// <exception cref="OutOfMemoryException">The kernel does not grant that much address space.</exception>
    public NativeArray(uint length)
    {
        _octets = checked(length * (nuint)sizeof(T));
        _allocation = IsLarge ? TableMemory.Reserve(_octets) : NativeMemory.AllocZeroed(_octets + CacheLine - 1);
        _first = (T*)(((nuint)_allocation + CacheLine - 1) & ~(CacheLine - 1));
        _length = length;
    }

    /// <summary>Size of a value, in octets.</summary>
    public static int ValueOctets => sizeof(T);

    /// <summary>How many values there are.</summary>
    public uint Length => _length;

    /// <summary>Where the first value stands.</summary>
    public nuint Address => (nuint)_first;

    private bool IsLarge => _octets >= TableMemory.HugePage;

    /// <summary>The value at <paramref name="index"/>, in place.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such value.</exception>
    public ref T this[uint index]
    {
        get
        {
            if (index >= _length)
            {
                ThrowOutOfRange(index);
            }

            return ref _first[index];
        }
    }

    /// <summary>Asks the processor to fetch the cache line of the value at <paramref name="index"/>. A hint: an index
    /// without a value does no harm.</summary>
    public void Prefetch(uint index)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(_first + index);
        }
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        if (_length != 0)
        {
            _length = 0;
            if (IsLarge)
            {
                TableMemory.Release(_allocation, _octets);
            }
            else
            {
                NativeMemory.Free(_allocation);
            }
        }
    }

    [DoesNotReturn]
    private static void ThrowOutOfRange(uint index)
        => throw new ArgumentOutOfRangeException(nameof(index), index, "There is no such value, or no array any more.");
}
