using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Reports;
using NatEngine.LoadTest.Reports.Differences;
using NatEngine.LoadTest.Results;
using static NatEngine.LoadTest.Tests.Results.Examples;

namespace NatEngine.LoadTest.Tests.Reports.Differences;

public sealed class ResultDifferenceTests
{
    private const double Threshold = 0.05;

    [Theory]
    [InlineData(new double[] { 100, 101, 102 }, new double[] { 80, 81, 82 }, nameof(Verdict.Worse))]
    [InlineData(new double[] { 100, 101, 102 }, new double[] { 120, 121, 122 }, nameof(Verdict.Better))]
    [InlineData(new double[] { 100, 101, 102 }, new double[] { 97, 98, 99 }, nameof(Verdict.Same))] // the threshold
    [InlineData(new double[] { 100, 101, 140 }, new double[] { 110, 111, 112 }, nameof(Verdict.Same))] // they overlap
    [InlineData(new double[] { 1, 2, 3, 5, 6 }, new double[] { 4, 7, 8, 9, 10 }, nameof(Verdict.Better))] // p = 0.03
    [InlineData(new double[] { 1, 2, 3, 8 }, new double[] { 4, 6, 7, 9 }, nameof(Verdict.Same))] // p = 0.2
    public void A_difference_counts_if_it_is_beyond_the_threshold_and_beyond_chance(
        double[] before, double[] after, string verdict)
        => Assert.Equal(verdict, Only(Rate, before, after).Verdict.ToString());

    [Fact]
    public void Of_a_delay_less_is_better()
    {
        Assert.Equal(Verdict.Better, Only(Delay, [200, 201], [100, 101]).Verdict);
        Assert.Equal(Verdict.Worse, Only(Delay, [100, 101], [200, 201]).Verdict);
    }

    [Fact]
    public void What_only_one_of_the_two_has_cannot_be_compared()
    {
        FigureDifference gone = Only(Rate, [100], []);

        Assert.Equal(Verdict.NotComparable, gone.Verdict);
        Assert.Null(gone.Ratio);
        Assert.Equal(Verdict.NotComparable, Only(Rate, [], [100]).Verdict);
        Assert.Equal(Verdict.NotComparable, Only(Rate, [0], [100]).Verdict);
    }

    [Fact]
    public void Only_a_systems_figure_can_be_a_regression()
    {
        Assert.True(Difference([Sample("natengine", 1, 100)], [Sample("natengine", 1, 50)]).HasRegression);
        Assert.False(Difference([Sample("natengine", 1, 50)], [Sample("natengine", 1, 100)]).HasRegression);
        Assert.False(
            Difference([Sample(Summarizing.Ceiling, 1, 100)], [Sample(Summarizing.Ceiling, 1, 50)]).HasRegression);
    }

    [Fact]
    public void What_else_differs_is_listed()
    {
        ComparisonResult before = Result([Sample("natengine", 1, 100)]);
        ComparisonResult after = before with
        {
            Complete = false,
            Machine = before.Machine with { Kernel = "9.9" },
            Options = new Dictionary<string, string> { ["repeats"] = "5", ["natengine-options"] = "" },
        };

        string[] listed = [.. ResultDifference.Of(before, after, Threshold).Surroundings];

        Assert.Contains("the second result is incomplete", listed);
        Assert.Contains("--repeats: 3 → 5", listed);
        Assert.Contains(listed, sentence => sentence.Contains("kernel 6.1", StringComparison.Ordinal)
            && sentence.Contains("kernel 9.9", StringComparison.Ordinal));
        Assert.Empty(ResultDifference.Of(before, before, Threshold).Surroundings);
    }

    [Fact]
    public void The_terminal_shows_verdicts_and_differences()
    {
        using StringWriter text = new();

        DifferenceReport.Show(
            Terminal.ForFile(text), Difference([Sample("natengine", 1, 1e6)], [Sample("natengine", 1, 0.5e6)]));

        Assert.All(
            (string[])["worse", "0.500", "1.00", "Rate of things", "may as well be chance"],
            word => Assert.Contains(word, text.ToString(), StringComparison.Ordinal));
    }

    private static FigureDifference Only(Figure figure, double[] before, double[] after)
        => Assert.Single(Difference(Samples(figure, before), Samples(figure, after)).Figures);

    private static Sample[] Samples(Figure figure, double[] values)
        => [.. values.Select((value, index) => Sample("natengine", index + 1, value, figure))];

    private static ResultDifference Difference(IReadOnlyList<Sample> before, IReadOnlyList<Sample> after)
        => ResultDifference.Of(Result(before), Result(after), Threshold);
}
