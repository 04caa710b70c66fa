using System;
using System.Runtime.InteropServices;

namespace NatEngine.Translation.Tables;

/// <summary>Address space for tables: zero, committed where it is touched, on huge pages where the kernel has them.
/// </summary>
/// <remarks>
/// <para>A look-up in a table that is larger than the caches also misses the processor's table of pages, and walking
/// the page tables costs as much as the line itself, in a virtual machine more. With pages of 2 MiB instead of 4 KiB
/// that table is enough for gigabytes. The kernel is asked (<c>madvise</c>, MADV_HUGEPAGE) and may not heed it: the
/// pages are then small, and nothing else is different.</para>
/// <para>What makes it safe: the one who reserves gets whole pages that nobody else has, as many as he asked for, and
/// gives back the same. <c>mmap</c> and <c>madvise</c> are as in mmap(2) and madvise(2).</para>
/// </remarks>
internal static unsafe partial class TableMemory
{
    /// <summary>Octets of a huge page, to a multiple of which everything reserved is aligned.</summary>
    public const nuint HugePage = 2 * 1024 * 1024;

    private const int PROT_READ = 1;
    private const int PROT_WRITE = 2;
    private const int MAP_PRIVATE = 2;
    private const int MAP_ANONYMOUS = 0x20;
    private const int MADV_HUGEPAGE = 14;
    private const nint MapFailed = -1;

    /// <summary>Reserves address space.</summary>
    /// <param name="octets">How much.</param>
    /// <returns>Its start.</returns>
    /// <exception cref="InsufficientMemoryException">The kernel does not grant that much.</exception>
    public static void* Reserve(nuint octets)
    {
        // What lies before the first boundary and after the end is given back at once.
        nuint whole = checked(RoundUp(octets) + HugePage);
        void* mapping = mmap(null, whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if ((nint)mapping == MapFailed)
        {
            throw new InsufficientMemoryException($"The kernel does not grant {octets} octets of address space.");
        }

        nuint start = RoundUp((nuint)mapping);
        Trim((nuint)mapping, start);
        Trim(start + RoundUp(octets), (nuint)mapping + whole);

        // A wish: EINVAL where there are no such pages. The last one, of which a part is used, stays small.
        _ = madvise((void*)start, octets & ~(HugePage - 1), MADV_HUGEPAGE);
        return (void*)start;
    }

    /// <summary>Gives back what <see cref="Reserve"/> returned.</summary>
    public static void Release(void* start, nuint octets) => _ = munmap(start, RoundUp(octets));

    private static nuint RoundUp(nuint octets) => checked(octets + HugePage - 1) & ~(HugePage - 1);

    private static void Trim(nuint from, nuint to)
    {
        if (from != to)
        {
            _ = munmap((void*)from, to - from);
        }
    }

    // void *mmap(void *addr, size_t length, int prot, int flags, int fd, off_t offset);
    [LibraryImport("libc")]
    private static partial void* mmap(void* addr, nuint length, int prot, int flags, int fd, nint offset);

    // int munmap(void *addr, size_t length);
    [LibraryImport("libc")]
    private static partial int munmap(void* addr, nuint length);

    // int madvise(void *addr, size_t length, int advice);
    [LibraryImport("libc")]
    private static partial int madvise(void* addr, nuint length, int advice);
}
