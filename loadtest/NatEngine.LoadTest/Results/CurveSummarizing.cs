using System.Collections.Generic;
using System.Linq;
using NatEngine.LoadTest.Measurements;

namespace NatEngine.LoadTest.Results;

/// <summary>Turns the curves of several repeats into one.</summary>
internal static class CurveSummarizing
{
    /// <summary>Sums up every curve on every system, in the order in which they first came.</summary>
    public static IReadOnlyList<CurveSummary> Summarize(IReadOnlyList<CurveSample> samples)
        =>
        [
            .. samples.GroupBy(sample => (sample.System, sample.Curve.Name))
                .Select(group => new CurveSummary(
                    group.Key.System, group.Count(), MedianOf([.. group.Select(sample => sample.Curve)]))),
        ];

    /// <summary>The median of curves of the same name. Where one has no point at a place that another has, its value
    /// there is interpolated; a curve says nothing beyond its ends.</summary>
    public static Curve MedianOf(IReadOnlyList<Curve> curves)
    {
        if (curves.Count == 1)
        {
            return curves[0];
        }

        List<CurvePoint> points = [];
        foreach (double x in curves.SelectMany(curve => curve.Points).Select(point => point.X).Distinct().Order())
        {
            Summary summary = Summary.Of(curves.Select(curve => ValueAt(curve.Points, x)).OfType<double>());
            points.Add(new CurvePoint(x, summary.Median, summary.Lowest, summary.Highest));
        }

        return curves[0] with { Points = points, Marks = MedianMarks(curves) };
    }

    // A mark that moves from repeat to repeat, as a knee does, stands at the median of its places.
    private static CurveMark[] MedianMarks(IReadOnlyList<Curve> curves)
        =>
        [
            .. curves.SelectMany(curve => curve.Marks)
                .GroupBy(mark => mark.Label)
                .Select(group => new CurveMark(Summary.Of(group.Select(mark => mark.X)).Median, group.Key)),
        ];

    private static double? ValueAt(IReadOnlyList<CurvePoint> points, double x)
    {
        for (int index = 0; index < points.Count; index++)
        {
            CurvePoint point = points[index];
            if (point.X == x)
            {
                return point.Y;
            }

            if (point.X > x)
            {
                return index == 0 ? null : Between(points[index - 1], point, x);
            }
        }

        return null;
    }

    private static double Between(CurvePoint left, CurvePoint right, double x)
        => left.Y + ((right.Y - left.Y) * (x - left.X) / (right.X - left.X));
}
