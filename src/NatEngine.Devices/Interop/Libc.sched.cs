using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NatEngine.Devices.Interop;

// <sched.h>. Names, constants and argument order are those of the C declarations.
internal static unsafe partial class Libc
{
    internal const int CLONE_NEWNET = 0x40000000;
    internal const int SCHED_RR = 2;

    // int setns(int fd, int nstype);
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int setns(SafeFileHandle fd, int nstype);

    // int sched_getaffinity(pid_t pid, size_t cpusetsize, cpu_set_t *mask);
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int sched_getaffinity(int pid, nuint cpusetsize, ulong* mask);

    // int sched_setaffinity(pid_t pid, size_t cpusetsize, const cpu_set_t *mask);
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int sched_setaffinity(int pid, nuint cpusetsize, ulong* mask);

    // int sched_setscheduler(pid_t pid, int policy, const struct sched_param *param);
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int sched_setscheduler(int pid, int policy, sched_param* param);

    [StructLayout(LayoutKind.Sequential)]
    internal struct sched_param
    {
        internal int sched_priority;
    }
}
