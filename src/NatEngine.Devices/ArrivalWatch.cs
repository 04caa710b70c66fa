using System;
using System.Runtime.InteropServices;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>Waits as poll(2) does, but of descriptors that stay readable tells each arrival once (epoll(7),
/// edge-triggered).</summary>
/// <remarks>The kernel calls a packet socket readable until the frame that it wrote last is given back. Whoever hands
/// frames to other threads would be woken again and again for frames that are under way already, and on a processor
/// that these share keep them from it.</remarks>
internal sealed unsafe class ArrivalWatch : IDisposable
{
    // struct epoll_event: the events, then what was said when the descriptor was added, here its place.
    private const int PlaceLength = sizeof(ulong);

    private static readonly int EventLength = RuntimeInformation.ProcessArchitecture == Architecture.X64
        ? sizeof(uint) + PlaceLength
        : 2 * PlaceLength;

    private readonly FileDescriptorHandle _handle;
    private readonly byte* _events;
    private readonly int _count;

    /// <summary>Watches descriptors, which must stay open meanwhile.</summary>
    /// <param name="polled">The descriptors.</param>
    /// <param name="staysReadable">Of each, whether it is to be told once only.</param>
    /// <exception cref="DeviceException">The kernel would not.</exception>
    internal ArrivalWatch(ReadOnlySpan<Libc.pollfd> polled, ReadOnlySpan<bool> staysReadable)
    {
        _count = polled.Length;
        _handle = Libc.epoll_create1(Libc.EPOLL_CLOEXEC);
        if (_handle.IsInvalid)
        {
            throw DeviceException.FromLastError("epoll_create1", nameof(ArrivalWatch));
        }

        _events = (byte*)NativeMemory.AllocZeroed((nuint)_count, (nuint)EventLength);
        for (int place = 0; place < _count; place++)
        {
            *(uint*)_events = (ushort)polled[place].events | (staysReadable[place] ? Libc.EPOLLET : 0);
            PlaceIn(_events) = (ulong)place;
            if (Libc.epoll_ctl(_handle, Libc.EPOLL_CTL_ADD, polled[place].fd, _events) != 0)
            {
                DeviceException error = DeviceException.FromLastError("epoll_ctl", nameof(ArrivalWatch));
                Dispose();
                throw error;
            }
        }
    }

    /// <summary>Waits, and says in <c>revents</c> of each descriptor what came of it.</summary>
    /// <returns>As poll(2): how many have something, 0 when the time is over, −1 with the error.</returns>
    internal int Wait(Span<Libc.pollfd> polled, int timeoutMilliseconds)
    {
        int ready = Libc.epoll_wait(_handle, _events, _count, timeoutMilliseconds);
        foreach (ref Libc.pollfd one in polled)
        {
            one.revents = 0;
        }

        for (int index = 0; index < ready; index++)
        {
            byte* one = _events + (index * EventLength);

            // EPOLLIN, EPOLLERR and EPOLLHUP are POLLIN, POLLERR and POLLHUP.
            polled[(int)PlaceIn(one)].revents = (short)*(uint*)one;
        }

        return ready;
    }

    public void Dispose()
    {
        NativeMemory.Free(_events);
        _handle.Dispose();
    }

    // Unaligned on x86-64, which does not mind.
    private static ref ulong PlaceIn(byte* one) => ref *(ulong*)(one + EventLength - PlaceLength);
}
