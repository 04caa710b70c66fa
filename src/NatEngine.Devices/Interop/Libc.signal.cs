using System.Runtime.InteropServices;

namespace NatEngine.Devices.Interop;

// <signal.h>. Names, constants and argument order are those of the C declarations.
internal static partial class Libc
{
    // int kill(pid_t pid, int sig);
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int kill(int pid, int sig);
}
