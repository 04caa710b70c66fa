using System.Collections.Generic;
using System.Linq;
using NatEngine.LoadTest.Measurements;

namespace NatEngine.LoadTest.Results;

/// <summary>Turns samples into medians and ratios.</summary>
internal static class Summarizing
{
    /// <summary>The name under which the generator's own ceiling is measured: the two ends cabled together.</summary>
    public const string Ceiling = "generator";

    /// <summary>A rate at this part of the generator's ceiling, or above, tells of the generator.</summary>
    public const double LimitedFrom = 0.9;

    /// <summary>Sums up every figure on every system that has a sample of it.</summary>
    public static IReadOnlyList<FigureSummary> Summarize(
        IReadOnlyList<Sample> samples, IReadOnlyList<Figure> figures, string? baseline)
    {
        List<FigureSummary> summaries = [];
        foreach (Figure figure in figures)
        {
            Sample[] ofFigure = [.. samples.Where(sample => sample.Figure == figure.Name)];
            double? ceiling = MedianOf(ofFigure, Ceiling);
            foreach (IGrouping<string, Sample> ofSystem in ofFigure.GroupBy(sample => sample.System))
            {
                Summary value = Summary.Of(ofSystem.Select(sample => sample.Value));
                bool limited = figure.Better == Better.Higher
                    && ofSystem.Key != Ceiling
                    && value.Median >= LimitedFrom * ceiling;
                summaries.Add(new FigureSummary(
                    ofSystem.Key, figure.Name, value, RatioTo(baseline, [.. ofSystem], ofFigure), limited));
            }
        }

        return summaries;
    }

    // Ratios are taken within a repeat, where both systems met the same state of the machine, and then summed up.
    private static Summary? RatioTo(string? baseline, Sample[] ofSystem, Sample[] ofFigure)
    {
        double[] ratios =
        [
            .. from sample in ofSystem
               join other in ofFigure on sample.Repeat equals other.Repeat
               where other.System == baseline && other.Value > 0
               select sample.Value / other.Value,
        ];
        return ratios.Length == 0 ? null : Summary.Of(ratios);
    }

    private static double? MedianOf(Sample[] samples, string system)
    {
        double[] values = [.. samples.Where(sample => sample.System == system).Select(sample => sample.Value)];
        return values.Length == 0 ? null : Summary.Of(values).Median;
    }
}
