using System;
using System.Collections.Generic;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Rfc9693;

namespace NatEngine.LoadTest.Tests.Rfc9693;

public sealed class SearchTests
{
    private static readonly RateBisection Search = new(1_000_000, 0.01, 1, () => { }, TimeSpan.FromHours(1));

    [Theory]
    [InlineData(10_000)]
    [InlineData(123_456)]
    [InlineData(999_000)]
    public void Comes_as_close_as_was_asked_for(double true_rate)
    {
        BisectionResult found = Search.Find(rate => new TrialVerdict(rate <= true_rate, false, rate));

        Assert.InRange(found.Rate, true_rate * 0.98, true_rate);
        Assert.True(found.IsExact);
    }

    [Fact]
    public void A_rate_that_the_tester_does_not_keep_is_not_passed_and_is_told()
    {
        BisectionResult found = Search.Find(rate => new TrialVerdict(true, rate > 400_000, rate));

        Assert.InRange(found.Rate, 390_000, 400_000);
        Assert.True(found.LimitedByTester);
    }

    [Fact]
    public void The_limit_is_the_systems_if_it_failed_where_the_search_ended()
    {
        BisectionResult found = Search.Find(rate => new TrialVerdict(rate < 300_000, rate > 600_000, rate));

        Assert.False(found.LimitedByTester);
    }

    [Fact]
    public void What_was_really_offered_counts()
        => Assert.InRange(
            Search.Find(rate => new TrialVerdict(rate <= 500_000, false, rate * 0.96)).Rate, 470_000, 480_000);

    [Fact]
    public void A_second_attempt_may_pass_where_one_is_allowed()
    {
        Dictionary<double, int> attempts = [];
        TrialVerdict EverySecond(double rate)
        {
            attempts[rate] = attempts.GetValueOrDefault(rate) + 1;
            return new TrialVerdict(attempts[rate] == 2, false, rate);
        }

        Assert.InRange((Search with { Attempts = 2 }).Find(EverySecond).Rate, 980_000, 1_000_000);
    }

    [Fact]
    public void A_search_that_may_take_no_time_says_that_it_is_not_exact()
    {
        BisectionResult found = (Search with { Budget = TimeSpan.Zero })
            .Find(rate => new TrialVerdict(true, false, rate));

        Assert.Equal((false, 0), (found.IsExact, found.Trials));
    }

    [Fact]
    public void A_system_that_passes_nothing_yields_no_figure()
    {
        BisectionResult found = Search.Find(rate => new TrialVerdict(false, false, rate));
        Figure figure = new("x", "x", "x", Better.Higher, 1, "x");

        Assert.Throws<MeasurementException>(() => found.ToReading(figure, [], []));
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(64_512)]
    [InlineData(500_001)]
    public void The_capacity_is_found_by_the_collapse_of_the_rate(int capacity)
    {
        CapacitySearch search = new(32_000, 1 << 20, 1);

        CapacityResult found = search.Find(
            (connections, bound) => Math.Min(bound, connections <= capacity ? 200_000 : 0));

        Assert.Equal((capacity, false), (found.Connections, found.AtLeast));
    }

    [Fact]
    public void A_capacity_beyond_what_is_tried_is_a_lower_bound()
    {
        CapacityResult found = new CapacitySearch(32_000, 100_000, 1).Find((_, _) => 200_000);

        Assert.Equal((100_000, true), (found.Connections, found.AtLeast));
    }

    [Fact]
    public void A_rate_that_only_declines_is_no_collapse()
    {
        CapacityResult found = new CapacitySearch(1000, 64_000, 1)
            .Find((connections, _) => 1_000_000 / Math.Sqrt(connections));

        Assert.True(found.AtLeast);
    }
}
