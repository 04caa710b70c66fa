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

    /// <summary>A sentence for each figure and each curve of a claim that was measured, and what was found out.
    /// </summary>
    /// <returns><see cref="NotMeasured"/> alone if there is none.</returns>
    public IReadOnlyList<string> Of(LectureClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        List<string> sentences =
        [
            .. _result.Figures.Where(figure => LectureClaim.Matches(claim.Figures, figure.Name))
                .Select(OfFigure).OfType<string>(),
            .. claim.Curves.Select(OfCurve).OfType<string>(),
            .. Findings(claim),
        ];
        return sentences.Count == 0 ? [NotMeasured] : sentences;
    }

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

        string values = string.Join(", ", measured.Select(each =>
            $"{each.System} {ReportTable.Number(each.Value.Median / figure.Scale)} {figure.ScaledUnit}"
                + (each.GeneratorLimited ? " (limited by the generator)" : string.Empty)));
        FigureSummary? compared = measured.FirstOrDefault(
            each => each.System != _result.Baseline && each.Ratio is not null);
        string ratio = compared is null
            ? string.Empty
            : $"; {compared.System} is at {ReportTable.Number(compared.Ratio!.Value.Median)} times {_result.Baseline}";
        return $"{Sentence.Capital(figure.Title)}: {values}{ratio}.";
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
