using System;
using System.Runtime.InteropServices;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>One AF_XDP socket that only sends (Documentation/networking/af_xdp.rst): the calls that set it up, each
/// failing with its name, the interface's and what to do.</summary>
internal sealed unsafe class XdpSocket : IDisposable
{
    // XDP_MAX_TX_SKB_BUDGET: how many frames a call takes at most. Newer than the headers that this is built against; a
    // kernel that does not know it (before 6.17) takes 32 a call.
    private const int MaxFramesPerCall = 9;

    private readonly FileDescriptorHandle _handle;
    private readonly string _interface;

    private XdpSocket(FileDescriptorHandle handle, string interfaceName)
    {
        _handle = handle;
        _interface = interfaceName;
    }

    /// <exception cref="DeviceException">The kernel has no such sockets, or CAP_NET_RAW is missing.</exception>
    internal static XdpSocket Open(string interfaceName)
    {
        FileDescriptorHandle handle = Libc.socket(Libc.AF_XDP, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, 0);
        return handle.IsInvalid
            ? throw Failure("socket(AF_XDP)", interfaceName)
            : new XdpSocket(handle, interfaceName);
    }

    /// <summary>Gives the kernel the memory that frames are sent from, and has it make the rings.</summary>
    /// <param name="memory">What frames stand in; mapped as long as the socket is open.</param>
    /// <param name="chunkLength">What one frame has of it, in octets: a power of two.</param>
    /// <param name="slots">How many entries each ring has: a power of two.</param>
    internal void Register(MemoryMapping memory, int chunkLength, int slots)
    {
        Libc.xdp_umem_reg registration = new()
        {
            addr = (ulong)memory.Start,
            len = (ulong)memory.Octets.Length,
            chunk_size = (uint)chunkLength,
        };
        Check(
            Libc.setsockopt(
                _handle, Libc.SOL_XDP, Libc.XDP_UMEM_REG, &registration, (uint)sizeof(Libc.xdp_umem_reg)),
            "setsockopt(XDP_UMEM_REG)");

        // Nothing is received, but the kernel binds no memory that has no fill ring.
        Set(Libc.XDP_UMEM_FILL_RING, slots, "XDP_UMEM_FILL_RING");
        Set(Libc.XDP_UMEM_COMPLETION_RING, slots, "XDP_UMEM_COMPLETION_RING");
        Set(Libc.XDP_TX_RING, slots, "XDP_TX_RING");
    }

    /// <summary>Has a call take so many frames, where the kernel can be asked to.</summary>
    internal void TryTakePerCall(int frames)
        => _ = Libc.setsockopt(_handle, Libc.SOL_XDP, MaxFramesPerCall, &frames, sizeof(int));

    /// <summary>Sizes the send buffer: beyond the kernel's bound if the capability is there, up to it if not.</summary>
    internal void SizeSendBuffer(int octets)
    {
        if (Libc.setsockopt(_handle, Libc.SOL_SOCKET, Libc.SO_SNDBUFFORCE, &octets, sizeof(int)) != 0)
        {
            Check(
                Libc.setsockopt(_handle, Libc.SOL_SOCKET, Libc.SO_SNDBUF, &octets, sizeof(int)),
                "setsockopt(SO_SNDBUF)");
        }
    }

    /// <summary>Maps the ring of frames to send.</summary>
    internal XdpRing MapTransmitRing(int slots) => Map(
        Offsets().tx, slots, sizeof(Libc.xdp_desc), Libc.XDP_PGOFF_TX_RING);

    /// <summary>Maps the ring of memory that comes back from frames that were sent.</summary>
    internal XdpRing MapCompletionRing(int slots) => Map(
        Offsets().cr, slots, sizeof(ulong), Libc.XDP_UMEM_PGOFF_COMPLETION_RING);

    /// <summary>Begins to send, by the interface's first queue, which every interface has.</summary>
    /// <remarks>The kernel copies: its other way needs a driver that can do without, and takes the queue from
    /// everybody else.</remarks>
    internal void Bind(int interfaceIndex)
    {
        Libc.sockaddr_xdp address = new()
        {
            sxdp_family = Libc.AF_XDP,
            sxdp_flags = Libc.XDP_COPY,
            sxdp_ifindex = (uint)interfaceIndex,
        };
        int result = Libc.bind(_handle, &address, (uint)sizeof(Libc.sockaddr_xdp));

        // A socket that was closed just now has the queue until the kernel comes to it (xp_release_deferred).
        for (int tries = 0; result != 0 && Marshal.GetLastPInvokeError() == Libc.EBUSY && tries < 100; tries++)
        {
            Libc.poll(null, 0, 5);
            result = Libc.bind(_handle, &address, (uint)sizeof(Libc.sockaddr_xdp));
        }

        Check(result, "bind(AF_XDP, queue 0)");
    }

    /// <summary>Has the kernel send what stands in the ring.</summary>
    /// <returns>0, or the error number.</returns>
    internal int Kick()
        => Libc.send(_handle, null, 0, Libc.MSG_DONTWAIT) >= 0 ? 0 : Marshal.GetLastPInvokeError();

    public void Dispose() => _handle.Dispose();

    private Libc.xdp_mmap_offsets Offsets()
    {
        Libc.xdp_mmap_offsets offsets = default;
        uint length = (uint)sizeof(Libc.xdp_mmap_offsets);
        Check(
            Libc.getsockopt(_handle, Libc.SOL_XDP, Libc.XDP_MMAP_OFFSETS, &offsets, &length),
            "getsockopt(XDP_MMAP_OFFSETS)");
        return offsets;
    }

    private XdpRing Map(Libc.xdp_ring_offset offsets, int slots, int entryLength, long place)
    {
        nuint length = (nuint)offsets.desc + (nuint)(slots * entryLength);
        return new XdpRing(MemoryMapping.OfRing(_handle, length, _interface, place), offsets, slots);
    }

    private void Set(int option, int value, string name) => Check(
        Libc.setsockopt(_handle, Libc.SOL_XDP, option, &value, sizeof(int)), $"setsockopt({name})");

    private void Check(int result, string call)
    {
        if (result != 0)
        {
            throw Failure(call, _interface);
        }
    }

    private static DeviceException Failure(string call, string interfaceName)
    {
        string cause = Marshal.GetLastPInvokeError() switch
        {
            Libc.EAFNOSUPPORT => "the kernel has no AF_XDP (CONFIG_XDP_SOCKETS)",
            Libc.EBUSY => "another AF_XDP socket has the interface's queue 0",
            Libc.ENOBUFS => "the memory is locked: raise LimitMEMLOCK= (ulimit -l) or grant CAP_IPC_LOCK",
            _ => "kernel or interface have no use for AF_XDP sockets",
        };
        return DeviceException.FromLastError(
            call, interfaceName, "CAP_NET_RAW", $"{cause}, or transmit by AF_PACKET instead");
    }
}
