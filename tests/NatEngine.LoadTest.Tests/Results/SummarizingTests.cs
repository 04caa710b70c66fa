using System.Collections.Generic;
using System.Linq;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Results;
using static NatEngine.LoadTest.Tests.Results.Examples;

namespace NatEngine.LoadTest.Tests.Results;

public sealed class SummarizingTests
{
    [Fact]
    public void A_ratio_is_to_the_baseline_of_the_same_repeat()
    {
        // The machine was twice as fast in the second repeat, for both: the ratio does not know.
        FigureSummary summary = Of("natengine", Rate,
        [
            Sample("natengine", 1, 20), Sample("netfilter", 1, 10),
            Sample("netfilter", 2, 20), Sample("natengine", 2, 40),
        ]);

        Assert.Equal(new Summary(2, 2, 2, 2), summary.Ratio);
        Assert.Equal(new Summary(2, 30, 20, 40), summary.Value);
    }

    [Fact]
    public void A_repeat_without_the_baseline_counts_for_the_value_and_not_for_the_ratio()
    {
        FigureSummary summary = Of("natengine", Rate,
            [Sample("natengine", 1, 20), Sample("netfilter", 1, 10), Sample("natengine", 2, 90)]);

        Assert.Equal(1, summary.Ratio?.Count);
        Assert.Equal(2, summary.Value.Count);
    }

    [Fact]
    public void Without_a_baseline_there_is_no_ratio()
        => Assert.Null(Of("natengine", Rate, [Sample("natengine", 1, 20)]).Ratio);

    [Fact]
    public void A_baseline_of_zero_gives_no_ratio()
        => Assert.Null(Of("natengine", Rate, [Sample("natengine", 1, 20), Sample("netfilter", 1, 0)]).Ratio);

    [Theory]
    [InlineData(89.9, false)]
    [InlineData(90, true)]
    [InlineData(110, true)]
    public void A_rate_near_the_generators_ceiling_is_marked(double value, bool limited)
        => Assert.Equal(
            limited,
            Of("natengine", Rate, [Sample(Summarizing.Ceiling, 1, 100), Sample("natengine", 1, value)])
                .GeneratorLimited);

    [Fact]
    public void A_delay_is_never_marked()
        => Assert.False(
            Of("natengine", Delay, [Sample(Summarizing.Ceiling, 1, 100, Delay), Sample("natengine", 1, 100, Delay)])
                .GeneratorLimited);

    [Fact]
    public void Without_a_ceiling_nothing_is_marked()
        => Assert.False(Of("natengine", Rate, [Sample("natengine", 1, 100)]).GeneratorLimited);

    [Fact]
    public void A_figure_that_no_system_has_is_left_out()
        => Assert.Empty(Summarizing.Summarize([Sample("natengine", 1, 1)], [Delay], "netfilter"));

    private static FigureSummary Of(string system, Figure figure, IReadOnlyList<Sample> samples)
        => Summarizing.Summarize(samples, [figure], "netfilter").Single(summary => summary.System == system);
}
