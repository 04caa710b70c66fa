using System.Runtime.InteropServices;

namespace NatEngine.Devices.Interop;

// <sys/ioctl.h>, with the request numbers of linux/sockios.h.
internal static unsafe partial class Libc
{
    internal const nuint SIOCGIFMTU = 0x8921;
    internal const nuint SIOCGIFHWADDR = 0x8927;
    internal const nuint SIOCETHTOOL = 0x8946;

    // int ioctl(int fd, unsigned long request, ...);
    // Variadic in C; on x64 and arm64 Linux a variadic pointer travels as any other.
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int ioctl(FileDescriptorHandle fd, nuint request, void* argument);
}
