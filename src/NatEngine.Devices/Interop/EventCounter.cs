using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NatEngine.Devices.Interop;

/// <summary>An eventfd(2): readable from <see cref="Signal"/> until <see cref="Clear"/>.</summary>
internal sealed unsafe class EventCounter : System.IDisposable
{
    internal EventCounter(string owner)
    {
        Handle = Libc.eventfd(0, Libc.EFD_CLOEXEC | Libc.EFD_NONBLOCK);
        if (Handle.IsInvalid)
        {
            throw DeviceException.FromLastError("eventfd", owner);
        }
    }

    internal FileDescriptorHandle Handle { get; }

    /// <summary>Makes the descriptor readable. From any thread.</summary>
    internal void Signal()
    {
        // EAGAIN says that the counter is at its largest: readable, which is all that is wanted.
        int result = Libc.eventfd_write(Handle, 1);
        Debug.Assert(result == 0 || Marshal.GetLastPInvokeError() == Libc.EAGAIN, "write to an eventfd");
    }

    /// <summary>Makes the descriptor not readable.</summary>
    internal void Clear()
    {
        ulong value;
        int result = Libc.eventfd_read(Handle, &value);
        Debug.Assert(result == 0 || Marshal.GetLastPInvokeError() == Libc.EAGAIN, "read from an eventfd");
    }

    public void Dispose() => Handle.Dispose();
}
