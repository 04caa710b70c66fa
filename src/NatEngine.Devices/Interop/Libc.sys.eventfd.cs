using System.Runtime.InteropServices;

namespace NatEngine.Devices.Interop;

// <sys/eventfd.h>
internal static unsafe partial class Libc
{
    internal const int EFD_NONBLOCK = 0x800; // O_NONBLOCK
    internal const int EFD_CLOEXEC = 0x80000; // O_CLOEXEC

    // int eventfd(unsigned int initval, int flags);
    [LibraryImport("libc", SetLastError = true)]
    internal static partial FileDescriptorHandle eventfd(uint initval, int flags);

    // int eventfd_read(int fd, eventfd_t *value);
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int eventfd_read(FileDescriptorHandle fd, ulong* value);

    // int eventfd_write(int fd, eventfd_t value);
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int eventfd_write(FileDescriptorHandle fd, ulong value);
}
