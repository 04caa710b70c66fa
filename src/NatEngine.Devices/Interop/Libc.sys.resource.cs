using System.Runtime.InteropServices;

namespace NatEngine.Devices.Interop;

// <sys/resource.h>
internal static partial class Libc
{
    internal const int PRIO_PROCESS = 0;

    // int getpriority(int which, id_t who); -1 is an answer, too.
    [LibraryImport("libc")]
    internal static partial int getpriority(int which, int who);

    // int setpriority(int which, id_t who, int prio);
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int setpriority(int which, int who, int prio);
}
