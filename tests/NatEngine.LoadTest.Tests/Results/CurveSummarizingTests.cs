using System.Collections.Generic;
using System.Linq;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Results;

namespace NatEngine.LoadTest.Tests.Results;

public sealed class CurveSummarizingTests
{
    [Fact]
    public void One_repeat_is_what_it_is()
    {
        Curve only = Of((1, 10), (2, 20));

        Assert.Same(only, Assert.Single(CurveSummarizing.Summarize([new CurveSample("natengine", 1, only)])).Curve);
    }

    [Fact]
    public void Several_are_their_median_with_their_ends_as_the_band()
    {
        Curve median = CurveSummarizing.MedianOf([Of((1, 10), (2, 20)), Of((1, 30), (2, 5)), Of((1, 20), (2, 6))]);

        Assert.Equal([new CurvePoint(1, 20, 10, 30), new CurvePoint(2, 6, 5, 20)], median.Points);
    }

    [Fact]
    public void What_lies_between_the_places_of_one_repeat_is_interpolated_and_what_lies_beyond_is_not_said()
    {
        Curve median = CurveSummarizing.MedianOf([Of((0, 0), (10, 100)), Of((5, 60), (20, 90))]);

        Assert.Equal(
            [
                new CurvePoint(0, 0, 0, 0), new CurvePoint(5, 55, 50, 60), new CurvePoint(10, 85, 70, 100),
                new CurvePoint(20, 90, 90, 90),
            ],
            median.Points);
    }

    [Fact]
    public void A_mark_stands_at_the_median_of_its_places()
    {
        Curve median = CurveSummarizing.MedianOf(
        [
            Of((1, 1)) with { Marks = [new(30, "knee")] },
            Of((1, 1)) with { Marks = [new(60, "knee"), new(64_512, "ports")] },
            Of((1, 1)) with { Marks = [new(40, "knee")] },
        ]);

        Assert.Equal([new CurveMark(40, "knee"), new CurveMark(64_512, "ports")], median.Marks);
    }

    [Fact]
    public void Systems_and_curves_are_kept_apart()
    {
        IReadOnlyList<CurveSummary> summaries = CurveSummarizing.Summarize(
        [
            new("natengine", 1, Of((1, 1))), new("netfilter", 1, Of((1, 2))), new("natengine", 2, Of((1, 3))),
            new("natengine", 1, Of((1, 4)) with { Name = "other" }),
        ]);

        Assert.Equal(
            ["natengine curve 2", "netfilter curve 1", "natengine other 1"],
            summaries.Select(summary => $"{summary.System} {summary.Curve.Name} {summary.Repeats}"));
    }

    private static Curve Of(params (double X, double Y)[] points) => new()
    {
        Name = "curve",
        Title = "A curve",
        X = new Axis("time", "seconds"),
        Y = new Axis("rate", "packets per second"),
        Points = [.. points.Select(point => new CurvePoint(point.X, point.Y))],
    };
}
