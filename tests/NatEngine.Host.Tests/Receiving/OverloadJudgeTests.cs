using System;
using NatEngine.Host.Receiving;

namespace NatEngine.Host.Tests.Receiving;

public sealed class OverloadJudgeTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private static readonly ProcessorShares Livelock = new(Interrupts: 0.7, Idle: 0);
    private static readonly ProcessorShares Busy = new(Interrupts: 0.3, Idle: 0);
    private static readonly ProcessorShares AtRest = new(Interrupts: 0, Idle: 0.9);

    private readonly OverloadJudge _judge;
    private ReceiveSample _now;
    private ProcessorShares? _shares = Livelock;
    private int _asked;

    public OverloadJudgeTests() => _judge = new OverloadJudge(_now, () =>
    {
        _asked++;
        return _shares;
    });

    [Fact]
    public void Lost_frames_and_a_processor_that_receives_most_of_the_time_call_for_threads_at_the_fourth_look()
    {
        Look(3, received: 10_000, lost: 30_000);
        Assert.False(_judge.WantsThreads);

        Look(1, received: 10_000, lost: 30_000);

        Assert.True(_judge.WantsThreads);
    }

    [Fact]
    public void While_nothing_is_lost_nobody_asks_for_the_processors()
    {
        Look(100, received: 100_000, lost: 0);

        Assert.False(_judge.WantsThreads);
        Assert.Equal(0, _asked);
    }

    [Fact] // the gateway is slower than what comes: threads would make it slower still
    public void Lost_frames_alone_do_not()
    {
        _shares = Busy;
        Look(100, received: 50_000, lost: 50_000);
        Assert.False(_judge.WantsThreads);

        _shares = null; // nobody knows
        Look(100, received: 50_000, lost: 50_000);
        Assert.False(_judge.WantsThreads);
    }

    [Fact]
    public void Fewer_than_a_tenth_lost_do_not()
    {
        Look(100, received: 9_100, lost: 900);

        Assert.False(_judge.WantsThreads);
    }

    [Fact]
    public void A_burst_between_looks_without_loss_does_not()
    {
        for (int burst = 0; burst < 20; burst++)
        {
            Look(3, received: 10_000, lost: 30_000);
            Look(1, received: 10_000, lost: 0);
        }

        Assert.False(_judge.WantsThreads);
    }

    [Fact] // what was said of the time before the loss is no evidence
    public void The_first_answer_is_left_out()
    {
        Look(1, received: 10_000, lost: 30_000);
        _shares = Busy;
        Look(3, received: 10_000, lost: 30_000);

        Assert.False(_judge.WantsThreads);
    }

    [Fact]
    public void Interrupts_that_begin_later_than_the_loss_are_noticed()
    {
        _shares = Busy;
        Look(4, received: 10_000, lost: 30_000);
        _shares = Livelock;
        Look(3, received: 10_000, lost: 30_000);

        Assert.True(_judge.WantsThreads);
    }

    [Fact]
    public void It_takes_calm_without_a_break_to_go_back()
    {
        Overload();
        _shares = AtRest;
        Look(30, received: 100, lost: 0);
        Look(1, received: 100, lost: 1);
        Look(50, received: 100, lost: 0);
        Assert.True(_judge.WantsThreads);

        Look(1, received: 100, lost: 0);

        Assert.False(_judge.WantsThreads);
    }

    [Fact] // in threads the excess is lost where nobody here counts it
    public void No_loss_is_no_calm_while_the_processor_is_wanted_and_as_much_comes()
    {
        Overload();
        _shares = Busy;

        Look(1_000, received: 20_000, lost: 0);

        Assert.True(_judge.WantsThreads);
    }

    [Fact]
    public void On_a_processor_that_others_want_it_is_calm_when_a_quarter_of_the_most_comes()
    {
        Overload();
        _shares = Busy;
        Look(10, received: 20_000, lost: 0);
        Look(100, received: 5_000, lost: 0);
        Assert.True(_judge.WantsThreads);

        Look(51, received: 4_999, lost: 0);

        Assert.False(_judge.WantsThreads);
    }

    [Fact]
    public void Overload_that_returns_soon_doubles_the_calm_that_it_takes_up_to_five_minutes()
    {
        Overload();
        Assert.Equal(OverloadJudge.ShortestCalm, _judge.Calm);
        TimeSpan expected = OverloadJudge.ShortestCalm;
        for (int time = 0; time < 10; time++)
        {
            GoBack();
            Overload();
            expected = expected * 2 < OverloadJudge.LongestCalm ? expected * 2 : OverloadJudge.LongestCalm;
            Assert.Equal(expected, _judge.Calm);
        }

        GoBack();
        Look((int)(OverloadJudge.LongestCalm / Tick), received: 100, lost: 0);
        Overload();
        Assert.Equal(OverloadJudge.ShortestCalm, _judge.Calm);
    }

    private void Overload()
    {
        _shares = Livelock;
        Look(OverloadJudge.Looks + 1, received: 10_000, lost: 30_000);
        Assert.True(_judge.WantsThreads);
    }

    private void GoBack()
    {
        _shares = AtRest;
        Look((int)(_judge.Calm / Tick) + 1, received: 100, lost: 0);
        Assert.False(_judge.WantsThreads);
    }

    // Each look sees so many frames more than the one before.
    private void Look(int times, long received, long lost)
    {
        for (int time = 0; time < times; time++)
        {
            _now = new ReceiveSample(_now.At + Tick, _now.Received + received, _now.Lost + lost);
            _judge.Look(_now);
        }
    }
}
