using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Results;

namespace NatEngine.LoadTest.Reports.Differences;

/// <summary>Two results, figure by figure and system by system.</summary>
internal sealed class ResultDifference
{
    // One in twenty differences of this kind is chance.
    private const double Significance = 0.05;

    private readonly ComparisonResult _before;
    private readonly ComparisonResult _after;
    private readonly double _threshold;

    private ResultDifference(ComparisonResult before, ComparisonResult after, double threshold)
    {
        _before = before;
        _after = after;
        _threshold = threshold;
        Figure[] figures = [.. after.Figures.UnionBy(before.Figures, figure => figure.Name)];
        string[] systems =
        [
            .. after.Systems.Concat(before.Systems).Select(system => system.Name).Distinct(), Summarizing.Ceiling,
        ];
        Figures =
        [
            .. figures.SelectMany(figure => systems.Select(system => Of(figure, system))).OfType<FigureDifference>(),
        ];
        Surroundings = [.. Environment()];
    }

    /// <summary>The figures that at least one of the two has.</summary>
    public IReadOnlyList<FigureDifference> Figures { get; }

    /// <summary>What else differs, a sentence each: if anything does, it may be that and not the systems.</summary>
    public IReadOnlyList<string> Surroundings { get; }

    /// <summary>Whether a figure of a system is worse; the generator's are no system's.</summary>
    public bool HasRegression
        => Figures.Any(each => each.Verdict == Verdict.Worse && each.System != Summarizing.Ceiling);

    /// <summary>Compares.</summary>
    /// <param name="before">What was.</param>
    /// <param name="after">What is.</param>
    /// <param name="threshold">The part of the first value by which the second must differ to be of note.</param>
    public static ResultDifference Of(ComparisonResult before, ComparisonResult after, double threshold)
        => new(before, after, threshold);

    private FigureDifference? Of(Figure figure, string system)
    {
        double[] before = ValuesOf(_before, figure, system);
        double[] after = ValuesOf(_after, figure, system);
        if (before.Length == 0 && after.Length == 0)
        {
            return null;
        }

        double? old = before.Length == 0 ? null : Summary.Of(before).Median / figure.Scale;
        double? now = after.Length == 0 ? null : Summary.Of(after).Median / figure.Scale;
        (Verdict verdict, string why) = old is null ? (Verdict.NotComparable, "not measured before")
            : now is null ? (Verdict.NotComparable, "not measured now")
            : old <= 0 ? (old == now ? (Verdict.Same, "both zero") : (Verdict.NotComparable, "was zero"))
            : Judge(figure, before, after, (now.Value / old.Value) - 1);
        return new FigureDifference(system, figure.Title, figure.ScaledUnit, old, now, verdict, why);
    }

    private (Verdict Verdict, string Why) Judge(Figure figure, double[] before, double[] after, double change)
    {
        if (Math.Abs(change) <= _threshold)
        {
            return (Verdict.Same, "within the threshold");
        }

        bool counted = Math.Min(before.Length, after.Length) >= MannWhitney.FewestValues;
        double probability = counted ? MannWhitney.Probability(before, after) : 1;
        bool apart = before.Max() < after.Min() || after.Max() < before.Min();
        if (counted ? probability > Significance : !apart)
        {
            return (Verdict.Same, counted
                ? FormattableString.Invariant($"may be chance (Mann-Whitney, p = {probability:0.00})")
                : "the repeats overlap");
        }

        string why = counted
            ? FormattableString.Invariant($"Mann-Whitney, p = {probability:0.000}")
            : before.Length == 1 && after.Length == 1
                ? "one value each: may as well be chance"
                : "the repeats do not overlap; too few for a test";
        return (change > 0 == (figure.Better == Better.Higher) ? Verdict.Better : Verdict.Worse, why);
    }

    private static double[] ValuesOf(ComparisonResult result, Figure figure, string system)
        =>
        [
            .. result.Samples.Where(sample => sample.System == system && sample.Figure == figure.Name)
                .Select(sample => sample.Value),
        ];

    private IEnumerable<string> Environment()
    {
        foreach ((string which, ComparisonResult result) in new[] { ("first", _before), ("second", _after) })
        {
            if (!result.Complete)
            {
                yield return $"the {which} result is incomplete";
            }

            int doubtful = result.Samples.Count(sample => sample.Remarks.Count != 0);
            if (doubtful != 0)
            {
                yield return $"{doubtful} of {result.Samples.Count} values of the {which} result carry a remark";
            }
        }

        Dictionary<string, string> was = Described(_before);
        Dictionary<string, string> now = Described(_after);
        foreach (string name in now.Keys.Union(was.Keys))
        {
            string old = was.GetValueOrDefault(name, "–");
            string young = now.GetValueOrDefault(name, "–");
            if (old != young)
            {
                yield return $"{name}: {old} → {young}";
            }
        }
    }

    private static Dictionary<string, string> Described(ComparisonResult result)
    {
        Dictionary<string, string> described = Reproduction.Machine(result.Machine)
            .ToDictionary(each => each.Name, each => each.Value);
        foreach ((string option, string value) in result.Options)
        {
            described["--" + option] = value;
        }

        foreach (SystemDescription system in result.Systems)
        {
            described[$"options of {system.Name}"] = string.Join(' ', system.Options);
        }

        return described;
    }
}
