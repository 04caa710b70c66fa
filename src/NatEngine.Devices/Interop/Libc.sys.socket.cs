using System.Runtime.InteropServices;

namespace NatEngine.Devices.Interop;

// <sys/socket.h>. The SO_ numbers are those of asm-generic/socket.h, which x64 and arm64 use.
internal static unsafe partial class Libc
{
    internal const int AF_UNSPEC = 0;
    internal const int AF_INET = 2;
    internal const int AF_NETLINK = 16;
    internal const int AF_PACKET = 17;

    internal const int SOCK_RAW = 3;
    internal const int SOCK_CLOEXEC = 0x80000; // O_CLOEXEC

    internal const int SOL_SOCKET = 1;
    internal const int SOL_PACKET = 263;

    internal const int SO_ERROR = 4;
    internal const int SO_SNDBUF = 7;
    internal const int SO_ATTACH_FILTER = 26;
    internal const int SO_SNDBUFFORCE = 32;

    internal const int MSG_TRUNC = 0x20;
    internal const int MSG_DONTWAIT = 0x40;

    // int socket(int domain, int type, int protocol);
    [LibraryImport("libc", SetLastError = true)]
    internal static partial FileDescriptorHandle socket(int domain, int type, int protocol);

    // int setsockopt(int fd, int level, int optname, const void *optval, socklen_t optlen);
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int setsockopt(
        FileDescriptorHandle fd, int level, int optname, void* optval, uint optlen);

    // int getsockopt(int fd, int level, int optname, void *restrict optval, socklen_t *restrict optlen);
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int getsockopt(
        SafeHandle fd, int level, int optname, void* optval, uint* optlen);

    // int bind(int fd, const struct sockaddr *addr, socklen_t len);
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int bind(FileDescriptorHandle fd, void* addr, uint len);

    // ssize_t send(int fd, const void *buf, size_t n, int flags);
    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint send(FileDescriptorHandle fd, void* buf, nuint n, int flags);

    // ssize_t recv(int fd, void *buf, size_t n, int flags);
    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint recv(FileDescriptorHandle fd, void* buf, nuint n, int flags);

    // int sendmmsg(int fd, struct mmsghdr *vmessages, unsigned int vlen, int flags);
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int sendmmsg(FileDescriptorHandle fd, mmsghdr* vmessages, uint vlen, int flags);

    [StructLayout(LayoutKind.Sequential)]
    internal struct iovec
    {
        internal void* iov_base;
        internal nuint iov_len;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct msghdr
    {
        internal void* msg_name;
        internal uint msg_namelen;
        internal iovec* msg_iov;
        internal nuint msg_iovlen;
        internal void* msg_control;
        internal nuint msg_controllen;
        internal int msg_flags;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct mmsghdr
    {
        internal msghdr msg_hdr;
        internal uint msg_len;
    }
}
