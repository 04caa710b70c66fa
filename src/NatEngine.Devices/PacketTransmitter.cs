using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>Sends frames from where they stand: one <c>sendmmsg</c> for a batch, its iovecs pointing into rings and
/// pools.</summary>
/// <remarks>One thread. The kernel has copied, or refused, each frame when the call returns: its slot can be given back
/// at once.</remarks>
internal sealed unsafe class PacketTransmitter : IFrameTransmitter
{
    private const int Burst = 256;

    // A link that takes nothing for so long is congested: the caller drops, as any router's full queue does.
    private const int MaxRetries = 8;
    private const int RetryMilliseconds = 1;

    private readonly FileDescriptorHandle _socket;
    private Libc.mmsghdr* _messages;
    private Libc.iovec* _vectors;
    private int _retriesLeft;
    private bool _errorCleared;
    private long _sent;
    private long _retries;
    private long _failures;

    internal PacketTransmitter(FileDescriptorHandle socket)
    {
        _socket = socket;
        _messages = (Libc.mmsghdr*)NativeMemory.AllocZeroed(Burst, (nuint)sizeof(Libc.mmsghdr));
        _vectors = (Libc.iovec*)NativeMemory.AllocZeroed(Burst, (nuint)sizeof(Libc.iovec));
        for (int i = 0; i < Burst; i++)
        {
            _messages[i].msg_hdr.msg_iov = _vectors + i;
            _messages[i].msg_hdr.msg_iovlen = 1;
        }
    }

    /// <inheritdoc/>
    public long Sent => Volatile.Read(ref _sent);

    /// <inheritdoc/>
    public long Retries => Volatile.Read(ref _retries);

    /// <inheritdoc/>
    public long Failures => Volatile.Read(ref _failures);

    /// <inheritdoc/>
    public int Transmit(ReadOnlySpan<Frame> frames)
    {
        _retriesLeft = MaxRetries;
        _errorCleared = false;
        int done = 0;
        while (done < frames.Length)
        {
            int burst = Math.Min(frames.Length - done, Burst);
            int handled = Send(frames.Slice(done, burst));
            done += handled;
            if (handled < burst)
            {
                Volatile.Write(ref _failures, _failures + frames.Length - done);
                break;
            }
        }

        return done;
    }

    public void Dispose()
    {
        NativeMemory.Free(_messages);
        NativeMemory.Free(_vectors);
        _messages = null;
        _vectors = null;
    }

    private int Send(ReadOnlySpan<Frame> frames)
    {
        for (int i = 0; i < frames.Length; i++)
        {
            _vectors[i].iov_base = frames[i].Wire;
            _vectors[i].iov_len = (nuint)frames[i].WireLength;
        }

        int done = 0;
        while (done < frames.Length)
        {
            // Returns how many went before the first that did not, and says why only if that is the very first: the
            // next call begins with the frame that was refused, and tells.
            int sent = Libc.sendmmsg(_socket, _messages + done, (uint)(frames.Length - done), Libc.MSG_DONTWAIT);
            if (sent > 0)
            {
                done += sent;
                Volatile.Write(ref _sent, _sent + sent);
            }
            else if (!TryGoOn(Marshal.GetLastPInvokeError(), ref done))
            {
                break;
            }
        }

        return done;
    }

    /// <summary>Decides what an error means for the frame at <paramref name="done"/> and those behind it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryGoOn(int error, ref int done)
    {
        switch (error)
        {
            // ENOBUFS: the queueing discipline or the driver dropped the frame; EAGAIN: the send buffer is full.
            case Libc.EAGAIN or Libc.ENOBUFS or Libc.EINTR:
                return TryWaitForRoom();

            // Once it may be an old error, left on the socket when the link went down, and the link is up again: asking
            // cleared it.
            case Libc.ENETDOWN when !_errorCleared:
                _errorCleared = true;
                return true;

            // The interface is down or no longer there: no frame behind this one will fare better.
            case Libc.ENETDOWN or Libc.ENXIO or Libc.ENODEV:
                return false;

            // This frame is not to the kernel's liking: EMSGSIZE, longer than the MTU; EINVAL, a virtio header that
            // does not fit its frame. The others are none the worse for it.
            default:
                Volatile.Write(ref _failures, _failures + 1);
                done++;
                return true;
        }
    }

    private bool TryWaitForRoom()
    {
        if (_retriesLeft-- == 0)
        {
            return false;
        }

        Volatile.Write(ref _retries, _retries + 1);

        // Room in the send buffer can be waited for, room in the queue behind it only be hoped for.
        Libc.pollfd writable = new() { fd = (int)_socket.DangerousGetHandle(), events = Libc.POLLOUT };
        Libc.poll(&writable, 1, RetryMilliseconds);
        Thread.Yield();
        return true;
    }
}
