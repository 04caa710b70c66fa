using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.Devices;
using NatEngine.Packets;

namespace NatEngine.Pipeline.Placement;

/// <summary>The stages of one lane placed on threads, and the batches that go round between them.</summary>
internal sealed class Lane
{
    // One is being filled, one worked on, one on its way, for each thread.
    private const int BatchesPerThread = 3;

    private readonly PacketBatch[] _batches;
    private readonly StageThread[] _threads;
    private readonly BatchQueue? _returned;
    private readonly LaneSignals _signals;
    private readonly bool _realtime;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _failure;
    private int _starting;
    private int _running;
    private int _ran;
    private int _ordinary;

    internal Lane(
        PipelineOptions options, IStage[] stages, LaneSignals signals, FramePoller poller, DropLog drops)
    {
        _signals = signals;
        _realtime = options.Realtime;
        int threads = options.Layout.Threads;
        int batches = threads == 1 ? 1 : options.Batches > 0 ? options.Batches : BatchesPerThread * threads;
        _batches = [.. Enumerable.Range(0, batches).Select(_ => new PacketBatch(options.BatchSize, drops))];
        _returned = threads == 1 ? null : new BatchQueue(batches, options.IdleSpin);
        _threads = [.. Place(options, stages, poller)];
        _starting = threads;
        _running = threads;
    }

    /// <summary>Completes when every thread runs.</summary>
    internal Task Ready => _ready.Task;

    /// <summary>Whether every thread is a real-time one; known once <see cref="Ready"/>.</summary>
    internal bool IsRealtime => Volatile.Read(ref _ordinary) == 0;

    internal IReadOnlyList<PacketBatch> Batches => _batches;

    internal bool IsAnyThreadAlive => _threads.Any(thread => thread.IsAlive);

    /// <summary>Runs until told to stop, or until a stage throws.</summary>
    internal async Task RunAsync(CancellationToken stop)
    {
        if (Interlocked.Exchange(ref _ran, 1) != 0)
        {
            throw new InvalidOperationException("A pipeline runs once.");
        }

        foreach (PacketBatch batch in _batches)
        {
            _returned?.Put(batch);
        }

        foreach (StageThread thread in _threads)
        {
            thread.Start();
        }

        using (stop.UnsafeRegister(static signals => ((LaneSignals)signals!).RequestStop(), _signals))
        {
            await _ended.Task.ConfigureAwait(false);
        }

        // Each has said that it is done, so none is waited for longer than its last instructions take.
        foreach (StageThread thread in _threads)
        {
            thread.Join();
        }

        if (_failure is not null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }
    }

    /// <summary>How many frames were dropped for <paramref name="reason"/>.</summary>
    internal long Dropped(DropReason reason)
    {
        long dropped = 0;
        foreach (PacketBatch batch in _batches)
        {
            dropped += batch.Dropped(reason);
        }

        return dropped;
    }

    private IEnumerable<StageThread> Place(PipelineOptions options, IStage[] stages, FramePoller poller)
    {
        BatchQueue? input = null;
        int first = 0;
        foreach (string name in options.Layout.ThreadNames())
        {
            int end = first + name.Split('+').Length;
            IStage[] own = stages[first..end];
            BatchQueue? output = end < stages.Length ? new BatchQueue(_batches.Length, options.IdleSpin) : _returned;
            Action loop = input is null
                ? new ReceiveLoop(own, Source(), output, _signals, poller, options.IdleSpin).Run
                : new StageLoop(own, input, output!).Run;
            yield return new StageThread($"{PipelineLayout.ThreadPrefix}{name}", loop, Started, Ended);
            input = output;
            first = end;
        }
    }

    private BatchSource Source()
        => _returned is null ? new BatchSource(_batches[0]) : new BatchSource(_returned);

    private void Started()
    {
        if (!_realtime || !RealtimePriority.TryTake())
        {
            Interlocked.Increment(ref _ordinary);
        }

        if (Interlocked.Decrement(ref _starting) == 0)
        {
            _ready.TrySetResult();
        }
    }

    private void Ended(Exception? failure)
    {
        if (failure is not null && Interlocked.CompareExchange(ref _failure, failure, null) is null)
        {
            // The receiving thread may be asleep at its devices or for want of an empty batch.
            _signals.RequestStop();
            _returned?.Complete();
        }

        if (Interlocked.Decrement(ref _running) == 0)
        {
            _ended.TrySetResult();
        }
    }
}
