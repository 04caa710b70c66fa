using System;
using NatEngine.LoadTest.Comparison;

namespace NatEngine.LoadTest.Tests.Comparison;

public sealed class ScheduleTests
{
    private readonly HandClock _clock = new();
    private readonly Schedule _schedule;

    public ScheduleTests() => _schedule = new Schedule(
        [
            new("generator", 1, "udp"),
            new("natengine", 1, "udp"), new("natengine", 1, "ports"),
            new("netfilter", 1, "udp"), new("netfilter", 1, "ports"),
        ],
        _clock);

    [Fact]
    public void Does_not_guess_before_anything_was_measured()
    {
        _schedule.BeginTurn("generator", 1);
        _schedule.Begin("generator", 1, "udp");
        Pass(5);

        Assert.Null(_schedule.Remaining());
        Assert.Equal(0, _schedule.Done);
        Assert.Equal(5, _schedule.Total);
    }

    [Fact]
    public void Expects_of_the_others_what_the_same_measurement_took_and_of_new_ones_what_all_did()
    {
        _schedule.Begin("generator", 1, "udp");
        Pass(10);
        _schedule.BeginTurn("natengine", 1);
        Assert.Equal(TimeSpan.FromSeconds(40), _schedule.Remaining());

        _schedule.Begin("natengine", 1, "udp");
        Pass(10);
        _schedule.Begin("natengine", 1, "ports");
        Pass(30);
        _schedule.BeginTurn("netfilter", 1);

        Assert.Equal(TimeSpan.FromSeconds(10 + 30), _schedule.Remaining());
        Assert.Equal(3, _schedule.Done);
    }

    [Fact]
    public void What_is_under_way_has_its_rest_left_and_never_less_than_nothing()
    {
        _schedule.Begin("generator", 1, "udp");
        Pass(10);
        _schedule.Begin("netfilter", 1, "udp");
        Pass(4);
        Assert.Equal(TimeSpan.FromSeconds(6 + 10), _schedule.Remaining());

        Pass(60);
        Assert.Equal(TimeSpan.FromSeconds(10), _schedule.Remaining());
        Assert.Equal(TimeSpan.FromSeconds(74), _schedule.Elapsed);
    }

    [Fact]
    public void What_a_turn_that_failed_left_out_is_not_waited_for()
    {
        _schedule.Begin("generator", 1, "udp");
        Pass(10);
        _schedule.BeginTurn("natengine", 1);
        _schedule.BeginTurn("netfilter", 1);

        Assert.Equal(3, _schedule.Done);
        Assert.Null(_schedule.Current);
        Assert.Equal(TimeSpan.FromSeconds(20), _schedule.Remaining());
    }

    private void Pass(double seconds) => _clock.Pass(TimeSpan.FromSeconds(seconds));
}
