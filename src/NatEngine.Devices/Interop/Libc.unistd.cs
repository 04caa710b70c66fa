using System.Runtime.InteropServices;

namespace NatEngine.Devices.Interop;

// <unistd.h>
internal static partial class Libc
{
    // int close(int fd);
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int close(int fd);
}
