using System;
using System.Runtime.InteropServices;

namespace NatEngine.Devices.Interop;

/// <summary>Owns one <c>mmap</c>: the memory is mapped as long as this lives.</summary>
internal sealed unsafe class MemoryMapping : SafeHandle
{
    private readonly nuint _length;

    private MemoryMapping(nint address, nuint length)
        : base(Libc.MAP_FAILED, ownsHandle: true)
    {
        _length = length;
        SetHandle(address);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == Libc.MAP_FAILED;

    /// <summary>The first octet, on a page boundary.</summary>
    internal byte* Start => (byte*)handle;

    /// <summary>All of it.</summary>
    internal Span<byte> Octets => new(Start, checked((int)_length));

    /// <summary>Maps zeroed memory that takes no room until it is touched, page by page.</summary>
    /// <exception cref="DeviceException">The kernel refused.</exception>
    internal static MemoryMapping Anonymous(nuint length, string owner)
    {
        const int Flags = Libc.MAP_PRIVATE | Libc.MAP_ANONYMOUS | Libc.MAP_NORESERVE;
        return Checked(Libc.mmap(null, length, Libc.PROT_READ | Libc.PROT_WRITE, Flags, -1, 0), length, owner);
    }

    /// <summary>Maps a ring of a packet socket or an AF_XDP socket.</summary>
    /// <exception cref="DeviceException">The kernel refused.</exception>
    internal static MemoryMapping OfRing(FileDescriptorHandle socket, nuint length, string owner, long place = 0)
    {
        bool held = false;
        try
        {
            socket.DangerousAddRef(ref held);
            int fd = (int)socket.DangerousGetHandle();
            nint address = Libc.mmap(null, length, Libc.PROT_READ | Libc.PROT_WRITE, Libc.MAP_SHARED, fd, (nint)place);
            return Checked(address, length, owner);
        }
        finally
        {
            if (held)
            {
                socket.DangerousRelease();
            }
        }
    }

    /// <summary>Whether a pointer points into the mapping.</summary>
    internal bool Holds(void* pointer) => (nuint)pointer - (nuint)handle < _length;

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => Libc.munmap((void*)handle, _length) == 0;

    private static MemoryMapping Checked(nint address, nuint length, string owner)
        => address == Libc.MAP_FAILED
            ? throw DeviceException.FromLastError("mmap", owner)
            : new MemoryMapping(address, length);
}
