using System;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Channels;

namespace NatEngine.Pipeline.Placement;

/// <summary>
/// A bounded channel of batches between two threads of a lane, whose reader spins briefly and then sleeps.
/// </summary>
/// <remarks>
/// <para>The channel has room for every batch of its lane, so a writer never waits: overload shows at the other end of
/// the loop, where the receiving thread finds no empty batch, takes no frames, and the kernel counts ring drops.</para>
/// <para>Stages are threads, not tasks, so the reader must turn the channel's asynchronous wait into a sleep, and
/// without allocating. <c>WaitToReadAsync</c> without a cancellation token uses an operation that the channel keeps for
/// its reader; its awaiter is given a delegate that is made once, which sets an event. Continuations are allowed to run
/// synchronously because that delegate is the only one there ever is: the writer's thread sets the event itself,
/// instead of asking the thread pool to.</para>
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "The event has no handle unless its WaitHandle is asked for.")]
internal sealed class BatchQueue
{
    // One round is a look at the channel and about half a microsecond of pause instructions.
    private const int PauseIterations = 16;

    private readonly Channel<PacketBatch> _channel;
    private readonly ManualResetEventSlim _awake = new(initialState: false, spinCount: 0);
    private readonly Action _wake;
    private readonly long _spinTicks;
    private volatile bool _completed;

    /// <summary>Makes a queue.</summary>
    /// <param name="capacity">How many batches the lane has.</param>
    /// <param name="spin">How long the reader looks before it sleeps.</param>
    internal BatchQueue(int capacity, TimeSpan spin)
    {
        _channel = Channel.CreateBounded<PacketBatch>(new BoundedChannelOptions(capacity)
        {
            FullMode = BoundedChannelFullMode.Wait,
            SingleReader = true,
            SingleWriter = true,
            AllowSynchronousContinuations = true,
        });
        _wake = _awake.Set;
        _spinTicks = spin.Ticks * Stopwatch.Frequency / TimeSpan.TicksPerSecond;
    }

    /// <summary>Hands a batch over. It is the reader's from now on.</summary>
    /// <remarks>After <see cref="Complete"/>, which only a failing lane calls before its writers are done, the batch is
    /// lost with the rest of the lane.</remarks>
    internal void Put(PacketBatch batch)
    {
        bool taken = _channel.Writer.TryWrite(batch);
        Debug.Assert(taken || _completed, "there is room for every batch of the lane");
    }

    /// <summary>Takes the oldest batch, waiting for one.</summary>
    /// <returns>False once the queue is complete and empty.</returns>
    internal bool Take([NotNullWhen(true)] out PacketBatch? batch)
        => _channel.Reader.TryRead(out batch) || SpinThenWait(out batch);

    /// <summary>Says that no more batches will come. May be called twice, and from any thread.</summary>
    internal void Complete()
    {
        _completed = true;
        _channel.Writer.TryComplete();
    }

    private bool SpinThenWait([NotNullWhen(true)] out PacketBatch? batch)
    {
        long start = _spinTicks > 0 ? Stopwatch.GetTimestamp() : 0;
        while (_spinTicks > 0 && Stopwatch.GetTimestamp() - start < _spinTicks)
        {
            Thread.SpinWait(PauseIterations);
            if (_channel.Reader.TryRead(out batch))
            {
                return true;
            }
        }

        while (WaitToRead())
        {
            if (_channel.Reader.TryRead(out batch))
            {
                return true;
            }
        }

        batch = null;
        return false;
    }

    [SuppressMessage("Reliability", "CA2012", Justification = "Its result is taken once, after it has completed.")]
    private bool WaitToRead()
    {
        ConfiguredValueTaskAwaitable<bool>.ConfiguredValueTaskAwaiter awaiter =
            _channel.Reader.WaitToReadAsync().ConfigureAwait(false).GetAwaiter();
        if (!awaiter.IsCompleted)
        {
            // Reset before the continuation is registered: it may run at once, on the writer's thread.
            _awake.Reset();
            awaiter.UnsafeOnCompleted(_wake);
            _awake.Wait();
        }

        return awaiter.GetResult();
    }
}
