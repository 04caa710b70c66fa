using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>Where a receiving thread sleeps while its devices have nothing for it: poll(2), or epoll(7), over their
/// descriptors and one doorbell.</summary>
/// <remarks><see cref="Wait"/> belongs to one thread; <see cref="Wake"/> may be called from any. Neither
/// allocates.</remarks>
public sealed unsafe class FramePoller : IDisposable
{
    private readonly EventCounter _doorbell;
    private readonly SafeHandle[] _handles;
    private readonly Libc.pollfd* _polled;
    private readonly bool _takesErrors;
    private ArrivalWatch? _arrivals;
    private bool _disposed;

    /// <summary>Makes a poller for devices, which must outlive it.</summary>
    /// <exception cref="DeviceException">The doorbell could not be made.</exception>
    public FramePoller(params ReadOnlySpan<IPacketDevice> devices)
        : this(HandlesOf(devices), takesErrors: true)
    {
    }

    /// <summary>Makes a poller for descriptors.</summary>
    /// <param name="handles">The descriptors.</param>
    /// <param name="takesErrors">Whether an error that waits on a socket is taken from it; if not, whoever reads the
    /// socket will.</param>
    internal FramePoller(SafeHandle[] handles, bool takesErrors)
    {
        _takesErrors = takesErrors;
        _doorbell = new EventCounter(nameof(FramePoller));
        _handles = [_doorbell.Handle, .. handles];
        _polled = (Libc.pollfd*)NativeMemory.AllocZeroed((nuint)_handles.Length, (nuint)sizeof(Libc.pollfd));
        for (int i = 0; i < _handles.Length; i++)
        {
            // Held until Dispose: a descriptor in the array can't be closed, and its number given to another file.
            bool held = false;
            _handles[i].DangerousAddRef(ref held);
            _polled[i].fd = (int)_handles[i].DangerousGetHandle();
            _polled[i].events = Libc.POLLIN;
        }
    }

    private Span<Libc.pollfd> Polled => new(_polled, _handles.Length);

    /// <summary>Makes a poller for a thread that hands its frames to others, which release them: it is not woken for
    /// frames that it has received already (<see cref="IPacketDevice.IsReadableWhileHeld"/>). It must receive until
    /// there is nothing before it waits.</summary>
    /// <remarks>Costs the kernel a little for each frame that arrives, waiting or not; a thread that releases its
    /// frames before it waits has no use for it.</remarks>
    /// <exception cref="DeviceException">The kernel would not.</exception>
    public static FramePoller OfArrivals(params ReadOnlySpan<IPacketDevice> devices)
    {
        bool[] staysReadable = new bool[devices.Length + 1]; // the doorbell first, which does not
        for (int i = 0; i < devices.Length; i++)
        {
            staysReadable[i + 1] = devices[i].IsReadableWhileHeld;
        }

        FramePoller poller = new(devices);
        try
        {
            poller._arrivals = new ArrivalWatch(poller.Polled, staysReadable);
            return poller;
        }
        catch
        {
            poller.Dispose();
            throw;
        }
    }

    /// <summary>Sleeps until a device has frames, <see cref="Wake"/> is called, or the time is over.</summary>
    /// <param name="timeoutMilliseconds">How long at most; 0 only looks, −1 waits without end.</param>
    /// <returns>False if the time is over. True may be early: a device may turn out to have nothing.</returns>
    public bool Wait(int timeoutMilliseconds)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        long start = timeoutMilliseconds > 0 ? Environment.TickCount64 : 0;
        int remaining = timeoutMilliseconds;
        while (true)
        {
            int ready = _arrivals is null
                ? Libc.poll(_polled, (nuint)_handles.Length, remaining)
                : _arrivals.Wait(Polled, remaining);
            if (ready == 0)
            {
                return false;
            }

            if (ready > 0)
            {
                Acknowledge();
                return true;
            }

            // A signal handler ran: poll is never restarted by the kernel, and the time goes on.
            Debug.Assert(Marshal.GetLastPInvokeError() == Libc.EINTR, "waiting fails only for a signal");
            if (timeoutMilliseconds > 0)
            {
                remaining = (int)Math.Max(0, timeoutMilliseconds - (Environment.TickCount64 - start));
            }
        }
    }

    /// <summary>Ends the present <see cref="Wait"/>, or the next one if none is under way.</summary>
    public void Wake() => _doorbell.Signal();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _arrivals?.Dispose();
        foreach (SafeHandle handle in _handles)
        {
            handle.DangerousRelease();
        }

        NativeMemory.Free(_polled);
        _doorbell.Dispose();
    }

    private static SafeHandle[] HandlesOf(ReadOnlySpan<IPacketDevice> devices)
    {
        SafeHandle[] handles = new SafeHandle[devices.Length];
        for (int i = 0; i < handles.Length; i++)
        {
            handles[i] = devices[i].PollHandle;
        }

        return handles;
    }

    private void Acknowledge()
    {
        if (_polled[0].revents != 0)
        {
            _doorbell.Clear();
        }

        for (int i = 1; _takesErrors && i < _handles.Length; i++)
        {
            if ((_polled[i].revents & Libc.POLLERR) != 0)
            {
                TakeSocketError(_handles[i]);
            }
        }
    }

    // A socket whose interface went down is ready, with an error, until someone asks for it: asked here, or the next
    // wait would end at once, and the one after it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void TakeSocketError(SafeHandle socket)
    {
        int error;
        uint length = sizeof(int);
        Libc.getsockopt(socket, Libc.SOL_SOCKET, Libc.SO_ERROR, &error, &length);
    }
}
