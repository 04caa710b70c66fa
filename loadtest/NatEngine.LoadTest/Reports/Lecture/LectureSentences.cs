using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Reports.Plots;
using NatEngine.LoadTest.Results;
using NatEngine.LoadTest.Systems;

namespace NatEngine.LoadTest.Reports.Lecture;

/// <summary>Says in a sentence what was measured of a claim, on natengine and on netfilter if they are there.</summary>
internal sealed class LectureSentences
{
    /// <summary>What is said of a claim that nothing was measured of.</summary>
    public const string NotMeasured = "Not measured in this run.";

    // What is less of a difference is not worth a word.
    private const double Notably = 0.9;

    private const string KneeFigure = "-knee";

    private static readonly string[] Kinds = [NatEngineSystem.SystemName, NetfilterSystem.SystemName];

    private readonly ComparisonResult _result;
    private readonly string[] _systems;

    /// <summary>Prepares to speak of a result.</summary>
    public LectureSentences(ComparisonResult result)
    {
        _result = result;

        // The first natengine and the first netfilter; without either, what there is.
        string[] pair =
        [
            .. Kinds.Select(kind => result.Systems.FirstOrDefault(system => system.Kind == kind)?.Name)
                .OfType<string>(),
        ];
        _systems = pair.Length == 0 ? [.. result.Systems.Select(system => system.Name)] : pair;
    }

    /// <summary>The answer to a claim: a sentence for each figure of it that was measured; without any, for each curve.
    /// </summary>
    /// <returns><see cref="NotMeasured"/> alone if there is none.</returns>
    public IReadOnlyList<string> Of(LectureClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        string[] figures = [.. FiguresOf(claim).Select(OfFigure).OfType<string>()];
        string[] sentences = figures.Length != 0 ? figures : [.. claim.Curves.Select(OfCurve).OfType<string>()];
        return sentences.Length == 0 ? [NotMeasured] : sentences;
    }

    /// <summary>What else there is to say of a claim: how its curves run, and what was found out.</summary>
    public IReadOnlyList<string> More(LectureClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        bool said = FiguresOf(claim).Any(figure => OfFigure(figure) is not null);
        return [.. (said ? claim.Curves : []).Select(OfCurve).OfType<string>(), .. Findings(claim)];
    }

    /// <summary>What makes the answer to a claim doubtful: the remarks on its values, each once, and whose they are.
    /// </summary>
    public IReadOnlyList<string> Doubts(LectureClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return
        [
            .. _result.Samples
                .Where(sample => _systems.Contains(sample.System) && LectureClaim.Matches(claim.Figures, sample.Figure))
                .SelectMany(sample => sample.Remarks.Select(remark => (sample.System, Remark: remark)))
                .Distinct()
                .GroupBy(each => each.Remark, each => each.System)
                .Select(same => $"{string.Join(", ", same)}: {same.Key}"),
        ];
    }

    private IEnumerable<Figure> FiguresOf(LectureClaim claim)
        => _result.Figures.Where(figure => LectureClaim.Matches(claim.Figures, figure.Name));

    private string? OfFigure(Figure figure)
    {
        FigureSummary[] measured =
        [
            .. _systems.Select(system => _result.Summaries.FirstOrDefault(
                each => each.System == system && each.Figure == figure.Name)).OfType<FigureSummary>(),
        ];
        if (measured.Length == 0)
        {
            return null;
        }

        string values = string.Join(", ", measured.Select(each => $"{each.System} {Value(figure, each)}"));
        bool bounded = measured.All(each => !IsOpenKnee(figure, each.System));
        FigureSummary? compared = measured.FirstOrDefault(
            each => bounded && each.System != _result.Baseline && each.Ratio is not null);
        string ratio = compared is null
            ? string.Empty
            : $"; {compared.System} is at {ReportTable.Number(compared.Ratio!.Value.Median)} times {_result.Baseline}";
        string title = figure.Title.Replace(": ", ", ", StringComparison.Ordinal);
        return $"{Sentence.Capital(title)}: {values}{ratio}.";
    }

    private string Value(Figure figure, FigureSummary each)
    {
        string value = $"{ReportTable.Number(each.Value.Median / figure.Scale)} {Quantity.Spoken(figure)}";
        return IsOpenKnee(figure, each.System)
            ? $"none up to {value}"
            : value + (each.GeneratorLimited ? " (limited by the generator)" : string.Empty);
    }

    // Where nothing got slow the figure is the last step of the ladder, and no curve has a knee to mark.
    private bool IsOpenKnee(Figure figure, string system)
    {
        if (!figure.Name.EndsWith(KneeFigure, StringComparison.Ordinal))
        {
            return false;
        }

        string measurement = figure.Name[..^KneeFigure.Length] + "-";
        Curve[] curves =
        [
            .. _result.CurveSummaries
                .Where(each => each.System == system
                    && each.Curve.Name.StartsWith(measurement, StringComparison.Ordinal))
                .Select(each => each.Curve),
        ];
        return curves.Length != 0 && curves.All(curve => curve.Marks.Count == 0);
    }

    private string? OfCurve(string name)
    {
        CurveSummary[] measured =
        [
            .. _systems.Select(system => _result.CurveSummaries.FirstOrDefault(
                each => each.System == system && each.Curve.Name == name)).OfType<CurveSummary>()
                .Where(each => each.Curve.Points.Count != 0),
        ];
        return measured.Length == 0
            ? null
            : $"{Sentence.Capital(measured[0].Curve.Title)}: {string.Join("; ", measured.Select(Course))}.";
    }

    // Where it begins and ends, how far it went in between, and what is marked on it alone.
    private string Course(CurveSummary each)
    {
        Curve curve = each.Curve;
        CurvePoint first = curve.Points[0];
        CurvePoint last = curve.Points[^1];
        CurvePoint lowest = curve.Points.MinBy(point => point.Y);
        CurvePoint highest = curve.Points.MaxBy(point => point.Y);
        List<string> parts = [];
        if (first is not { X: 0, Y: 0 })
        {
            parts.Add(At(curve, first));
        }

        if (lowest.Y < Math.Min(first.Y, last.Y) * Notably)
        {
            parts.Add("down to " + At(curve, lowest));
        }
        else if (highest.Y * Notably > Math.Max(first.Y, last.Y))
        {
            parts.Add("up to " + At(curve, highest));
        }

        if (curve.Points.Count > 1)
        {
            parts.Add(At(curve, last));
        }

        parts.AddRange(curve.Marks.Where(mark => !IsEverybodys(curve.Name, mark))
            .Select(mark => $"{mark.Label} at {Quantity.Full(mark.X, curve.X.Unit)}"));
        return $"{each.System} {string.Join(", ", parts)}";
    }

    private bool IsEverybodys(string curve, CurveMark mark)
    {
        CurveSummary[] same = [.. _result.CurveSummaries.Where(each => each.Curve.Name == curve)];
        return same.Length > 1 && same.All(each => each.Curve.Marks.Contains(mark));
    }

    private static string At(Curve curve, CurvePoint point)
        => $"{Quantity.Full(point.Y, curve.Y.Unit)} at {Quantity.Full(point.X, curve.X.Unit)}";

    // Of the last repeat: the ones before said the same, or nearly.
    private IEnumerable<string> Findings(LectureClaim claim)
    {
        foreach (string system in _systems)
        {
            Finding[] found =
            [
                .. _result.Findings.Where(finding => finding.System == system
                    && LectureClaim.Matches(claim.Measurements, finding.Measurement)),
            ];
            int last = found.Length == 0 ? 0 : found.Max(finding => finding.Repeat);
            foreach (Finding finding in found.Where(finding => finding.Repeat == last))
            {
                yield return $"{system}: {finding.Sentence}";
            }
        }
    }
}
