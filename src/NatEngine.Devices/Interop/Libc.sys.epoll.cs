using System.Runtime.InteropServices;

namespace NatEngine.Devices.Interop;

// <sys/epoll.h>. struct epoll_event is packed on x86-64 and on no other processor, so it is no structure here: see
// ArrivalWatch.
internal static unsafe partial class Libc
{
    internal const int EPOLL_CLOEXEC = 0x80000; // O_CLOEXEC
    internal const int EPOLL_CTL_ADD = 1;
    internal const uint EPOLLET = 1U << 31;

    // int epoll_create1(int flags);
    [LibraryImport("libc", SetLastError = true)]
    internal static partial FileDescriptorHandle epoll_create1(int flags);

    // int epoll_ctl(int epfd, int op, int fd, struct epoll_event *event);
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int epoll_ctl(FileDescriptorHandle epfd, int op, int fd, void* @event);

    // int epoll_wait(int epfd, struct epoll_event *events, int maxevents, int timeout);
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int epoll_wait(FileDescriptorHandle epfd, void* events, int maxevents, int timeout);
}
