using System;
using System.Linq;
using NatEngine.LoadTest.Memory;

namespace NatEngine.LoadTest.Tests.Memory;

public sealed class GrowthTrendTests
{
    private const long Held = 200L << 20;

    [Fact]
    public void Memory_that_wavers_about_a_level_is_flat()
    {
        GrowthTrend trend = GrowthTrend.Of(Samples(100, second => Held + ((second % 3) << 16)));

        Assert.Equal(GrowthVerdict.Flat, trend.Verdict);
        Assert.InRange(trend.OctetsPerHour, -(1 << 20), 1 << 20);
        Assert.Contains("is flat", trend.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_that_leaks_a_little_each_second_grows()
    {
        const long Leak = 100_000;

        GrowthTrend trend = GrowthTrend.Of(Samples(100, second => Held + (second * Leak)));

        Assert.Equal(GrowthVerdict.Grows, trend.Verdict);
        Assert.Equal(3600.0 * Leak, trend.OctetsPerHour, 1.0);
        Assert.Contains("grows", trend.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_sample_out_of_line_bends_nothing()
        => Assert.Equal(
            GrowthVerdict.Flat,
            GrowthTrend.Of(Samples(100, second => second == 99 ? Held * 3 : Held)).Verdict);

    [Fact]
    public void Growth_while_sessions_become_more_is_not_judged()
    {
        ChurnSample[] rising =
            [.. Enumerable.Range(1, 100).Select(i => new ChurnSample(i, i * 1000, Held + (i << 20), null))];

        GrowthTrend trend = GrowthTrend.Of(rising);

        Assert.Equal(GrowthVerdict.Undecided, trend.Verdict);
        Assert.Contains("nothing can be said", trend.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_held_before_sessions_came_to_rest_does_not_count()
    {
        ChurnSample[] samples =
        [
            .. Enumerable.Range(1, 100).Select(i => new ChurnSample(
                i, Math.Min(i, 20) * 1000, Held + ((long)Math.Min(i, 20) << 20), null)),
        ];

        GrowthTrend trend = GrowthTrend.Of(samples);

        Assert.Equal(GrowthVerdict.Flat, trend.Verdict);
        Assert.InRange(trend.Seconds, 75, 85);
    }

    [Fact]
    public void Sessions_that_ended_before_the_watching_did_leave_nothing_to_judge()
    {
        ChurnSample[] samples = Samples(100, _ => Held);
        samples[^1] = samples[^1] with { Sessions = 0 };

        Assert.Equal(GrowthVerdict.Undecided, GrowthTrend.Of(samples).Verdict);
        Assert.Equal(GrowthVerdict.Undecided, GrowthTrend.Of([]).Verdict);
    }

    private static ChurnSample[] Samples(int count, Func<long, long> octets)
        => [.. Enumerable.Range(0, count).Select(second => new ChurnSample(second, 10_000, octets(second), null))];
}
