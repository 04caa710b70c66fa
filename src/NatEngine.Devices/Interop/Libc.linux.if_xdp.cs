using System.Runtime.InteropServices;

namespace NatEngine.Devices.Interop;

// <linux/if_xdp.h>, with AF_XDP and SOL_XDP of sys/socket.h.
internal static partial class Libc
{
    internal const int AF_XDP = 44;
    internal const int SOL_XDP = 283;

    internal const ushort XDP_COPY = 1 << 1;

    internal const int XDP_MMAP_OFFSETS = 1;
    internal const int XDP_TX_RING = 3;
    internal const int XDP_UMEM_REG = 4;
    internal const int XDP_UMEM_FILL_RING = 5;
    internal const int XDP_UMEM_COMPLETION_RING = 6;

    internal const long XDP_PGOFF_TX_RING = 0x80000000;
    internal const long XDP_UMEM_PGOFF_COMPLETION_RING = 0x180000000;

    [StructLayout(LayoutKind.Sequential)]
    internal struct sockaddr_xdp
    {
        internal ushort sxdp_family;
        internal ushort sxdp_flags;
        internal uint sxdp_ifindex;
        internal uint sxdp_queue_id;
        internal uint sxdp_shared_umem_fd;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct xdp_ring_offset
    {
        internal ulong producer;
        internal ulong consumer;
        internal ulong desc;
        internal ulong flags;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct xdp_mmap_offsets
    {
        internal xdp_ring_offset rx;
        internal xdp_ring_offset tx;
        internal xdp_ring_offset fr;
        internal xdp_ring_offset cr;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct xdp_umem_reg
    {
        internal ulong addr;
        internal ulong len;
        internal uint chunk_size;
        internal uint headroom;
        internal uint flags;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct xdp_desc
    {
        internal ulong addr;
        internal uint len;
        internal uint options;
    }
}
