using System.Runtime.InteropServices;

namespace NatEngine.Devices.Interop;

// <sys/mman.h>
internal static unsafe partial class Libc
{
    internal const int PROT_READ = 1;
    internal const int PROT_WRITE = 2;

    internal const int MAP_SHARED = 0x01;
    internal const int MAP_PRIVATE = 0x02;
    internal const int MAP_ANONYMOUS = 0x20;
    internal const int MAP_LOCKED = 0x2000;
    internal const int MAP_NORESERVE = 0x4000;
    internal const int MAP_POPULATE = 0x8000;

    internal const nint MAP_FAILED = -1;

    // void *mmap(void *addr, size_t length, int prot, int flags, int fd, off_t offset);
    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint mmap(void* addr, nuint length, int prot, int flags, int fd, nint offset);

    // int munmap(void *addr, size_t length);
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int munmap(void* addr, nuint length);
}
