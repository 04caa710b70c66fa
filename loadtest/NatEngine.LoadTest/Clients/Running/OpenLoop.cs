using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.LoadTest.Clients.Scenarios;

namespace NatEngine.LoadTest.Clients.Running;

/// <summary>Begins transactions at a rate, whether earlier ones have ended or not: what a crowd does that knows nothing
/// of the system's state.</summary>
/// <remarks>A transaction that the generator begins late counts from when it was due, so that a system that stops for a
/// second shows a second's worth of slow transactions, not one (coordinated omission).</remarks>
internal sealed class OpenLoop
{
    // More at once and it is the generator's memory that is measured. What is due beyond it is not begun, and lost.
    private const int MostUnderWay = 20_000;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly Crowd _crowd;
    private readonly StepLoad _load;
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _succeeded;
    private long _failed;

    // Those under way, and one for the clock itself.
    private int _underWay = 1;

    public OpenLoop(Crowd crowd, StepLoad load)
    {
        _crowd = crowd;
        _load = load;
    }

    /// <summary>Runs the clock to its end, and waits for what is under way then.</summary>
    /// <param name="begin">When the step begins, a <see cref="Stopwatch"/> timestamp.</param>
    public async Task<RunnerTally> RunAsync(long begin)
    {
        RateRamp ramp = new(_crowd.Rate, _load);
        for (long number = 0; ramp.DueAt(number) is { } due; number++)
        {
            long time = begin + HoldWindow.TicksOf(due);
            while (Stopwatch.GetTimestamp() < time)
            {
                await Task.Delay(Tick);
            }

            Begin(_crowd.Members[(int)(number % _crowd.Members.Count)], time);
        }

        Leave();
        await _drained.Task;
        return new RunnerTally(Interlocked.Read(ref _succeeded), Interlocked.Read(ref _failed));
    }

    private void Begin(CrowdMember member, long due)
    {
        if (Volatile.Read(ref _underWay) > MostUnderWay)
        {
            member.Seat.Recorder.End(
                member.Seat.Number, due, Stopwatch.GetTimestamp(), new TransactionOutcome(FailureCause.Unsent, 0));
            Interlocked.Increment(ref _failed);
            return;
        }

        Interlocked.Increment(ref _underWay);
        _ = Task.Run(() => TransactAsync(member, due));
    }

    private async Task TransactAsync(CrowdMember member, long due)
    {
        try
        {
            member.Seat.Recorder.Record(LatencyPhase.Lag, due, Stopwatch.GetTimestamp());
            bool succeeds = (await member.TransactAsync(due)).Succeeded;
            Interlocked.Increment(ref succeeds ? ref _succeeded : ref _failed);
        }
        catch (Exception broken)
        {
            // Nobody waits for this one task: the step fails with it.
            _drained.TrySetException(broken);
        }
        finally
        {
            Leave();
        }
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _underWay) == 0)
        {
            _drained.TrySetResult();
        }
    }
}
