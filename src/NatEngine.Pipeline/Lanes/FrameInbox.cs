using System;
using System.Threading;
using System.Threading.Channels;
using NatEngine.Devices;

namespace NatEngine.Pipeline.Lanes;

/// <summary>What other lanes hand to one lane of the frames of one side: a bounded channel of copies, in buffers that
/// are reserved at start.</summary>
/// <remarks>Any thread gives; one thread takes, one gives back. Nothing waits: who finds no room drops and counts.
/// </remarks>
internal sealed class FrameInbox : IDisposable
{
    /// <summary>How many frames wait or are in the lane's pipeline at most: two batches in one that is busy, two on
    /// their way. Their 17 MiB take room only where they are used.</summary>
    internal const int Capacity = 256;

    private readonly FramePool _buffers = new(Capacity);
    private readonly Lock _giving = new();
    private readonly Channel<Frame> _waiting = Channel.CreateBounded<Frame>(
        new BoundedChannelOptions(Capacity) { SingleReader = true });

    private Action? _wake;
    private int _announced;

    /// <summary>Says what wakes the taking thread.</summary>
    internal void WakeBy(Action wake) => Volatile.Write(ref _wake, wake);

    /// <summary>Puts a copy of a frame in, the kernel's header before it included.</summary>
    /// <returns>False if there is no room.</returns>
    internal bool TryGive(Frame frame)
    {
        // What comes to the wrong lane is rare enough for a lock, which nobody holds longer than a copy takes.
        lock (_giving)
        {
            if (!_buffers.TryRent(frame.Length, out Frame copy))
            {
                return false;
            }

            frame.Octets.CopyTo(copy.Octets);
            copy.Header = frame.Header;
            _ = _waiting.Writer.TryWrite(copy); // there is room for every buffer
        }

        // Once until the taker looks again. He takes the announcement back first and looks then, so that none is lost.
        if (Interlocked.Exchange(ref _announced, 1) == 0)
        {
            Volatile.Read(ref _wake)?.Invoke();
        }

        return true;
    }

    /// <summary>Takes what waits, oldest first.</summary>
    /// <returns>How many frames; the taker's until <see cref="Return"/>.</returns>
    internal int Take(Span<Frame> frames)
    {
        if (Volatile.Read(ref _announced) == 0)
        {
            return 0;
        }

        Interlocked.Exchange(ref _announced, 0);
        int count = 0;
        while (count < frames.Length && _waiting.Reader.TryRead(out frames[count]))
        {
            count++;
        }

        if (count == frames.Length)
        {
            Interlocked.Exchange(ref _announced, 1); // there may be more
        }

        return count;
    }

    /// <summary>Gives taken frames back.</summary>
    internal void Return(ReadOnlySpan<Frame> frames) => _buffers.Return(frames);

    /// <inheritdoc/>
    public void Dispose() => _buffers.Dispose();
}
