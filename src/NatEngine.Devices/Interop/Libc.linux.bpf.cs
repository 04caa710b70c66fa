using System.Runtime.InteropServices;

namespace NatEngine.Devices.Interop;

// <linux/bpf.h>, <linux/if_link.h> and <sys/syscall.h>: extended BPF.
internal static unsafe partial class Libc
{
    internal const int BPF_MAP_CREATE = 0;
    internal const int BPF_MAP_LOOKUP_ELEM = 1;
    internal const int BPF_MAP_UPDATE_ELEM = 2;
    internal const int BPF_PROG_LOAD = 5;
    internal const int BPF_PROG_ATTACH = 8;
    internal const int BPF_PROG_DETACH = 9;
    internal const int BPF_PROG_TEST_RUN = 10;
    internal const int BPF_PROG_GET_FD_BY_ID = 13;
    internal const int BPF_MAP_GET_FD_BY_ID = 14;
    internal const int BPF_OBJ_GET_INFO_BY_FD = 15;
    internal const int BPF_PROG_QUERY = 16;
    internal const int BPF_LINK_CREATE = 28;
    internal const int BPF_PROG_BIND_MAP = 35;

    internal const int BPF_PROG_TYPE_SCHED_CLS = 3;
    internal const int BPF_PROG_TYPE_XDP = 6;
    internal const int BPF_MAP_TYPE_ARRAY = 2;
    internal const int BPF_MAP_TYPE_PERCPU_ARRAY = 6;
    internal const int BPF_XDP = 37;
    internal const int BPF_F_REPLACE = 1 << 2;
    internal const int BPF_OBJ_NAME_LEN = 16;
    internal const int XDP_FLAGS_DRV_MODE = 1 << 2;

    // Of the C library's headers, but not the same on every architecture; the two that we run on.
    internal static readonly nint SYS_bpf =
        RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 280 : 321;

    // long syscall(long number, ...); here int bpf(int cmd, union bpf_attr *attr, unsigned int size), for which the C
    // library has no function.
    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint syscall(nint number, nint cmd, void* attr, nint size);
}
