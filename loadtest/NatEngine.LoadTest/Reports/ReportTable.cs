using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Results;

namespace NatEngine.LoadTest.Reports;

/// <summary>The table of a comparison: a row for each figure, a column for each system, and one for the generator
/// alone. The terminal and the Markdown report show the same.</summary>
internal sealed class ReportTable
{
    private ReportTable(ComparisonResult result, string[] columns, ReportRow[] rows)
    {
        Columns = columns;
        Rows = rows;
        string repeats = result.Options.GetValueOrDefault("repeats", "?");
        string ratio = result.Baseline is null ? "" : $"; × is the ratio to {result.Baseline} in the same repeat";
        List<string> legend =
        [
            repeats == "1"
                ? $"Measured once{ratio}."
                : $"Median of {repeats} repeats (lowest–highest){ratio}.",
            result.Options.GetValueOrDefault("receive") is "system" or "thread"
                ? "Every system has one processor for everything."
                : "netfilter and forward have one processor for everything. natengine and wire have the same one, but "
                    + "the sender's puts arriving frames into their rings (--receive system: their own does).",
        ];
        if (rows.Any(row => row.Cells.Any(cell => cell.GeneratorLimited)))
        {
            legend.Add("† generator-limited: within 10 % of what the generator reaches with nothing in between. "
                + "The system may be capable of more.");
        }

        Legend = legend;
    }

    /// <summary>The systems' names.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The figures.</summary>
    public IReadOnlyList<ReportRow> Rows { get; }

    /// <summary>The sentences that explain the signs in the table.</summary>
    public IReadOnlyList<string> Legend { get; }

    /// <summary>Lays out a result.</summary>
    public static ReportTable Of(ComparisonResult result)
    {
        string[] systems = [.. result.Systems.Select(system => system.Name), Summarizing.Ceiling];
        Dictionary<(string System, string Figure), FigureSummary> summaries =
            result.Summaries.ToDictionary(summary => (summary.System, summary.Figure));
        IEnumerable<ReportRow> rows = result.Figures.Select(figure => new ReportRow(
            figure.Title,
            figure.ScaledUnit,
            [.. systems.Select(system => CellOf(figure, summaries.GetValueOrDefault((system, figure.Name)), result))]));
        return new ReportTable(result, systems, [.. rows]);
    }

    /// <summary>A number with three significant digits, or all of its whole part.</summary>
    public static string Number(double value)
    {
        string format = Math.Abs(value) switch
        {
            >= 10_000 => "#,0",
            >= 100 => "0",
            >= 10 => "0.0",
            >= 1 => "0.00",
            _ => "0.000",
        };
        return value.ToString(format, CultureInfo.InvariantCulture);
    }

    private static ReportCell CellOf(Figure figure, FigureSummary? summary, ComparisonResult result)
    {
        if (summary is null)
        {
            return ReportCell.Missing;
        }

        bool comparable = summary.System != result.Baseline && summary.System != Summarizing.Ceiling;
        return new ReportCell(
            Spread(summary.Value, figure.Scale),
            comparable && summary.Ratio is { } ratio ? "× " + Spread(ratio, 1) : null,
            summary.GeneratorLimited);
    }

    private static string Spread(Summary summary, double scale)
    {
        string median = Number(summary.Median / scale);
        return summary.Count == 1
            ? median
            : $"{median} ({Number(summary.Lowest / scale)}–{Number(summary.Highest / scale)})";
    }
}
