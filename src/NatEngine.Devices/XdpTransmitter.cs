using System;
using System.Runtime.CompilerServices;
using System.Threading;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>Sends frames by an AF_XDP socket: copied into memory that the kernel shares, a descriptor for each in a
/// ring, one call for a batch.</summary>
/// <remarks>
/// <para>One thread. Frames that AF_XDP cannot carry, super-frames, those with a partial checksum and those longer than
/// the link's MTU, go by <c>sendmmsg</c>, in order: the kernel has given all frames of a call to the driver when the
/// call returns (<c>__xsk_generic_xmit</c>). Those behind them may overtake them only while the queueing discipline
/// holds them back; they cannot go past it, too, because there the kernel drops a super-frame that the driver wants
/// cut (<c>packet_direct_xmit</c>).</para>
/// <para>A frame that the driver has no room for stays in the ring, as in any queue of the link's, counts as sent, and
/// goes before the next: nothing overtakes it, and while the ring moves no further what comes is refused. A frame that
/// the driver drops is lost, and counted.</para>
/// </remarks>
internal sealed unsafe class XdpTransmitter : IFrameTransmitter
{
    // Frames that one call sends.
    private const int Burst = 64;

    // How many a call takes of a kernel that cannot be told.
    private const int LeastPerCall = 32;

    private const int EthernetHeaderLength = 14;

    // As with sendmmsg: a link that takes nothing for so long is congested.
    private const int MaxRetries = 8;
    private const int RetryMilliseconds = 1;

    private readonly XdpSocket _socket;
    private readonly XdpQueue _queue;
    private readonly PacketTransmitter _others;
    private readonly int _longest;
    private bool _isHeldUp;
    private int _retriesLeft;
    private long _sent;
    private long _retries;
    private long _failures;

    private XdpTransmitter(AfPacketOptions options, EthernetPort port, XdpSocket socket, PacketTransmitter others)
    {
        _socket = socket;
        _others = others;

        // A frame with a tag may be longer; sendmmsg knows which may.
        _longest = Math.Min(EthernetHeaderLength + port.Mtu, XdpQueue.ChunkLength);
        _queue = new XdpQueue(socket, options.InterfaceName);
        socket.TryTakePerCall(Burst);
        socket.SizeSendBuffer(options.SendBufferOctets);
        socket.Bind(port.Index);
    }

    /// <summary>Opens a socket beside an interface's AF_PACKET socket.</summary>
    /// <param name="options">Which interface, and how much may be on its way.</param>
    /// <param name="port">What is known of the interface.</param>
    /// <param name="others">Sends what AF_XDP cannot carry; this one's from now on.</param>
    /// <exception cref="DeviceException">No such socket can be had.</exception>
    internal static XdpTransmitter Open(AfPacketOptions options, EthernetPort port, PacketTransmitter others)
    {
        XdpSocket socket = XdpSocket.Open(options.InterfaceName);
        try
        {
            return new XdpTransmitter(options, port, socket, others);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public long Sent => Volatile.Read(ref _sent) + _others.Sent;

    /// <inheritdoc/>
    public long Retries => Volatile.Read(ref _retries) + _others.Retries;

    /// <inheritdoc/>
    public long Failures => Volatile.Read(ref _failures) + _others.Failures;

    /// <inheritdoc/>
    public int Transmit(ReadOnlySpan<Frame> frames)
    {
        _retriesLeft = MaxRetries;
        int done = 0;
        int counted = 0;
        while (done < frames.Length && (!_isHeldUp || TryFlush(0)))
        {
            ReadOnlySpan<Frame> rest = frames[done..];
            int run;
            int handled;
            if (Fits(rest[0]))
            {
                run = 1;
                handled = Send(rest);
            }
            else
            {
                run = OthersAtTheStartOf(rest);
                handled = _others.Transmit(rest[..run]);
                counted = run - handled;
            }

            done += handled;
            if (handled < run)
            {
                break;
            }
        }

        Fail(frames.Length - done - counted);
        return done;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _queue.Dispose();
        _others.Dispose();
    }

    private void Fail(int frames) => Volatile.Write(ref _failures, _failures + frames);

    // Shorter than its header, a frame is left to sendmmsg to refuse.
    private bool Fits(Frame frame)
        => (uint)(frame.Length - EthernetHeaderLength) <= (uint)(_longest - EthernetHeaderLength)
            && !frame.HasPartialChecksum
            && !frame.IsSuperFrame;

    private int OthersAtTheStartOf(ReadOnlySpan<Frame> frames)
    {
        int count = 1;
        while (count < frames.Length && !Fits(frames[count]))
        {
            count++;
        }

        return count;
    }

    /// <summary>Sends the first frames, up to the first that does not fit.</summary>
    /// <returns>How many; 0 if the link takes none.</returns>
    private int Send(ReadOnlySpan<Frame> frames)
    {
        _queue.TakeCompletions();
        while (_queue.Room == 0)
        {
            // All is the driver's, or held up.
            if (!TryWaitForRoom())
            {
                return 0;
            }

            _queue.TakeCompletions();
        }

        int most = Math.Min(Math.Min(frames.Length, Burst), _queue.Room);
        int count = 0;
        while (count < most && Fits(frames[count]))
        {
            _queue.Add(frames[count++]);
        }

        return TryFlush(count) ? count : 0;
    }

    /// <summary>Has the kernel send the frames that were added, and those before them.</summary>
    /// <returns>False if the link does not take them: those that were added are the caller's again.</returns>
    private bool TryFlush(int added)
    {
        _queue.Publish();
        int lost = 0;
        int calls = 0;
        int error = _socket.Kick();
        while (error != 0 && TryGoOn(error, ++calls, ref lost))
        {
            error = _socket.Kick();
        }

        // The kernel looks at the state of the link before it looks at the ring, and the ring was empty before: it has
        // not seen what was added.
        if (calls == 1 && !_isHeldUp && error is Libc.ENETDOWN or Libc.ENXIO or Libc.ENODEV)
        {
            _queue.TakeBack(added);
            return false;
        }

        _isHeldUp = error != 0;
        Fail(lost);
        Volatile.Write(ref _sent, _sent + added - lost);
        return !_isHeldUp || added > 0;
    }

    /// <summary>Decides what an error means for what is left in the ring.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryGoOn(int error, int calls, ref int lost)
    {
        switch (error)
        {
            // The driver dropped a frame, which the kernel took out of the ring. The next may fare no better unless
            // what the frames go to has time to take them.
            case Libc.EBUSY:
                lost++;
                if (TryRetry())
                {
                    Thread.Yield();
                }

                return calls <= XdpQueue.Slots;

            // A call takes so many frames and no more; that cannot be told from a driver or a send buffer that has no
            // room.
            case Libc.EAGAIN when calls - lost <= Burst / LeastPerCall:
            case Libc.EINTR when calls <= XdpQueue.Slots:
                return true;

            case Libc.EAGAIN or Libc.ENOBUFS:
                return TryWaitForRoom();

            default:
                return false;
        }
    }

    // The socket itself cannot be asked when there is room: it would not wait, but send.
    private bool TryWaitForRoom() => TryRetry() && Libc.poll(null, 0, RetryMilliseconds) <= 0;

    private bool TryRetry()
    {
        if (_retriesLeft == 0)
        {
            return false;
        }

        _retriesLeft--;
        Volatile.Write(ref _retries, _retries + 1);
        return true;
    }
}
