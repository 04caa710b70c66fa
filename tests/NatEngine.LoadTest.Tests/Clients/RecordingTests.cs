using System;
using System.Diagnostics;
using System.Linq;
using NatEngine.LoadTest.Clients.Running;
using NatEngine.LoadTest.Clients.Scenarios;

namespace NatEngine.LoadTest.Tests.Clients;

/// <summary>What counts of a step, and from when.</summary>
public sealed class RecordingTests
{
    private const long Begin = 1_000_000_000;

    private static readonly StepLoad Load = new()
    {
        Clients = 2,
        RampUp = TimeSpan.FromSeconds(1),
        Hold = TimeSpan.FromSeconds(10),
        RampDown = TimeSpan.FromSeconds(1),
    };

    [Fact]
    public void What_counts_was_due_after_the_ramp_and_before_the_hold_ended()
    {
        CrowdRecorder recorder = Recorder();

        End(recorder, due: 0.9, end: 1.5);
        Assert.Equal(0, recorder.Succeeded);
        End(recorder, due: 1.0, end: 1.5);
        End(recorder, due: 10.9, end: 60);
        Assert.Equal(2, recorder.Succeeded);
        End(recorder, due: 11.0, end: 11.5);
        Assert.Equal(2, recorder.Succeeded);

        // Throughput is what ended in the window: the first, which was due before it, and the second.
        Assert.Equal(2, recorder.Arrived);
    }

    [Fact]
    public void Failures_are_counted_by_cause_and_are_no_throughput()
    {
        CrowdRecorder recorder = Recorder();

        End(recorder, 2, 3, FailureCause.ConnectTimeout);
        End(recorder, 2, 3, FailureCause.ConnectTimeout);
        End(recorder, 2, 3, FailureCause.Reset);
        End(recorder, 0.5, 3, FailureCause.Reset);

        Assert.Equal(2, recorder.Failures["connect-timeout"]);
        Assert.Equal(1, recorder.Failures["reset"]);
        Assert.Equal(2, recorder.Failures.Count);
        Assert.Equal(0, recorder.Arrived);
    }

    // A system that answers in a millisecond, and stands still for the fourth of ten seconds. A generator that waited
    // for it would record one slow transaction; by when they were due, the hundred of that second are slow, evenly from
    // a second down to nothing (Tene, "How not to measure latency").
    [Fact]
    public void A_second_of_silence_in_open_loop_is_a_seconds_worth_of_slow_transactions()
    {
        CrowdRecorder recorder = Recorder();
        for (int number = 0; number < 1000; number++)
        {
            double due = 1 + (number / 100.0);
            double answered = due is >= 4 and < 5 ? 5.001 : due + 0.001;
            recorder.Record(LatencyPhase.Response, At(due), At(answered));
        }

        LatencySummary summary = LatencySummary.Of(recorder.Latencies(LatencyPhase.Response)!);

        Assert.Equal(1000, summary.Count);
        Assert.InRange(summary.P50, 990, 1010);
        Assert.InRange(summary.P90, 990, 12_000);
        Assert.InRange(summary.P99, 890_000, 915_000);
        Assert.InRange(summary.Max, 999_000, 1_003_000);
    }

    [Fact]
    public void Phases_are_kept_apart()
    {
        CrowdRecorder recorder = Recorder();

        recorder.Record(LatencyPhase.Connect, At(2), At(2.5));
        recorder.Record(LatencyPhase.Connect, At(12), At(12.5));

        Assert.Equal(1, recorder.Latencies(LatencyPhase.Connect)!.TotalCount);
        Assert.Null(recorder.Latencies(LatencyPhase.Lookup));
    }

    [Fact]
    public void A_step_of_so_many_transactions_counts_as_a_whole()
    {
        HoldWindow window = new(Load with { TransactionsPerClient = 3 });
        window.Open(Begin);

        Assert.True(window.Contains(Begin));
        Assert.True(window.Contains(Begin + (1000 * Stopwatch.Frequency)));
        window.Close(Begin + (5 * Stopwatch.Frequency));
        Assert.Equal(5, window.Seconds, 6);
    }

    [Fact]
    public void Only_the_first_transaction_opens_the_window()
    {
        HoldWindow window = new(Load);
        Assert.False(window.Contains(Begin));
        Assert.False(window.Opened.IsCompleted);

        window.Open(Begin);
        window.Open(Begin + 12345);

        Assert.True(window.Opened.IsCompleted);
        Assert.Equal(At(1), window.Start);
        Assert.Equal(10, window.Seconds, 6);
    }

    [Fact]
    public void An_open_loop_begins_as_many_as_its_rates_area_says()
    {
        RateRamp ramp = new(100, Load);
        double[] due =
        [
            .. Enumerable.Range(0, 2000).Select(number => ramp.DueAt(number)).TakeWhile(time => time is not null)
                .Select(time => time!.Value.TotalSeconds),
        ];

        // Half of a second's worth on either ramp, ten seconds' worth between.
        Assert.Equal(50 + 1000 + 50, due.Length);
        Assert.Equal(50, due.Count(time => time < 1));
        Assert.Equal(1000, due.Count(time => time is >= 1 and < 11));
        Assert.All(due.Zip(due.Skip(1)), pair => Assert.True(pair.First <= pair.Second));
        Assert.Equal(0.01, due[51] - due[50], 6);
        Assert.InRange(due[^1], 11, 12);
    }

    [Fact]
    public void An_open_loop_without_ramps_is_even()
    {
        RateRamp ramp = new(4, new StepLoad { Clients = 1, Hold = TimeSpan.FromSeconds(1) });

        Assert.Equal(TimeSpan.Zero, ramp.DueAt(0));
        Assert.Equal(TimeSpan.FromSeconds(0.75), ramp.DueAt(3));
        Assert.Null(ramp.DueAt(4));
    }

    [Fact]
    public void People_think_after_a_page_and_a_video_keeps_its_pace()
    {
        TransactionPace reading = new(TimeSpan.FromSeconds(1), TimeSpan.Zero);
        TransactionPace watching = new(TimeSpan.Zero, TimeSpan.FromSeconds(1));

        Assert.Equal(Math.Log(2), reading.PauseAfter(TimeSpan.FromSeconds(3), 0.5).TotalSeconds, 6);
        Assert.Equal(4, reading.PauseAfter(TimeSpan.Zero, 1e-9).TotalSeconds, 6);
        Assert.Equal(0.75, watching.PauseAfter(TimeSpan.FromSeconds(0.25), 0.5).TotalSeconds, 6);
        Assert.True(watching.PauseAfter(TimeSpan.FromSeconds(2), 0.5) <= TimeSpan.Zero);
    }

    [Fact]
    public void The_same_seed_client_and_transaction_throw_the_same()
    {
        static int[] Throws(ulong seed, ulong client, ulong transaction)
        {
            Dice dice = new(seed, client, transaction);
            return [.. Enumerable.Range(0, 20).Select(_ => dice.Below(1000))];
        }

        Assert.Equal(Throws(1, 2, 3), Throws(1, 2, 3));
        Assert.NotEqual(Throws(1, 2, 3), Throws(2, 2, 3));
        Assert.NotEqual(Throws(1, 2, 3), Throws(1, 3, 3));
        Assert.NotEqual(Throws(1, 2, 3), Throws(1, 2, 4));
    }

    private static CrowdRecorder Recorder()
    {
        HoldWindow window = new(Load);
        window.Open(Begin);
        return new CrowdRecorder(2, window);
    }

    private static void End(CrowdRecorder recorder, double due, double end, FailureCause cause = FailureCause.None)
        => recorder.End(0, At(due), At(end), new TransactionOutcome(cause, 0));

    private static long At(double seconds) => Begin + (long)Math.Round(seconds * Stopwatch.Frequency);
}
