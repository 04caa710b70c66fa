using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace NatEngine.LoadTest.Clients.Running;

/// <summary>The part of a step that counts: after all clients have joined, before the first leaves. A step that is so
/// many transactions long counts as a whole.</summary>
/// <remarks>Times are <see cref="Stopwatch"/> timestamps. Safe for use from several threads.</remarks>
internal sealed class HoldWindow
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StepLoad _load;
    private long _begin;
    private long _start = long.MaxValue;
    private long _end = long.MaxValue;

    /// <summary>Prepares the window of a load.</summary>
    public HoldWindow(StepLoad load) => _load = load;

    /// <summary>Completes when the load begins.</summary>
    public Task Opened => _opened.Task;

    /// <summary>When the load began.</summary>
    public long Begin => Volatile.Read(ref _begin);

    /// <summary>When it starts to count.</summary>
    public long Start => Volatile.Read(ref _start);

    /// <summary>When it no longer counts.</summary>
    public long End => Volatile.Read(ref _end);

    /// <summary>How long it counts.</summary>
    public double Seconds => Stopwatch.GetElapsedTime(Start, End).TotalSeconds;

    /// <summary>Begins the load; only the first call counts.</summary>
    public void Open(long now)
    {
        if (Interlocked.CompareExchange(ref _begin, now, 0) != 0)
        {
            return;
        }

        bool timed = _load.TransactionsPerClient is null;
        Volatile.Write(ref _end, timed ? now + TicksOf(_load.RampUp + _load.Hold) : long.MaxValue);
        Volatile.Write(ref _start, timed ? now + TicksOf(_load.RampUp) : now);
        _opened.TrySetResult();
    }

    /// <summary>Ends the window when the load has ended, if it has not ended by then.</summary>
    public void Close(long now)
    {
        if (now < End)
        {
            Volatile.Write(ref _end, Math.Max(now, Start));
        }
    }

    /// <summary>Whether something counts that happened at a time.</summary>
    public bool Contains(long timestamp) => timestamp >= Start && timestamp < End;

    /// <summary>A time as so many ticks of a <see cref="Stopwatch"/>.</summary>
    public static long TicksOf(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
