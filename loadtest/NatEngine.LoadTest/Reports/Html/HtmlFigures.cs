using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Reports.Lecture;
using NatEngine.LoadTest.Reports.Plots;
using NatEngine.LoadTest.Results;

namespace NatEngine.LoadTest.Reports.Html;

/// <summary>The plots of a report, and the table of all figures.</summary>
internal static class HtmlFigures
{
    /// <summary>The plots of a claim: its curves, or without any the figures that speak to it.</summary>
    public static IEnumerable<XElement> For(LectureClaim claim, ComparisonResult result, SystemColors colors)
    {
        XElement[] curves = [.. claim.Curves.Select(name => CurvePlot(name, result, colors)).OfType<XElement>()];
        return curves.Length != 0
            ? curves
            : result.Figures.Where(figure => LectureClaim.Matches(claim.Figures, figure.Name))
                .Select(figure => FigurePlot(figure, result, colors)).OfType<XElement>();
    }

    /// <summary>The table, then every plot that no claim has shown.</summary>
    public static IEnumerable<XElement> All(ComparisonResult result, SystemColors colors)
    {
        yield return new XElement("h2", "All figures");
        yield return Table(ReportTable.Of(result));
        HashSet<string> shown = [.. LectureClaim.All.SelectMany(claim => claim.Curves)];
        XElement[] curves =
        [
            .. result.CurveSummaries.Select(each => each.Curve.Name).Distinct().Where(name => !shown.Contains(name))
                .Select(name => CurvePlot(name, result, colors)).OfType<XElement>(),
        ];
        if (curves.Length != 0)
        {
            yield return new XElement("h2", "Further plots");
            foreach (XElement plot in curves)
            {
                yield return new XElement("section", new XAttribute("class", "card"), plot);
            }
        }
    }

    private static XElement? CurvePlot(string name, ComparisonResult result, SystemColors colors)
    {
        CurveSummary[] curves =
        [
            .. colors.Systems.SelectMany(system => result.CurveSummaries.Where(
                each => each.System == system && each.Curve.Name == name && each.Curve.Points.Count != 0)),
        ];
        return curves.Length == 0 ? null : LinePlot.Draw(curves, colors);
    }

    private static XElement? FigurePlot(Figure figure, ComparisonResult result, SystemColors colors)
    {
        FigureSummary[] summaries =
        [
            .. colors.Systems.SelectMany(system => result.Summaries.Where(
                each => each.System == system && each.Figure == figure.Name)),
        ];
        return summaries.Length == 0 ? null : BarPlot.Draw(figure, summaries, colors);
    }

    private static XElement Table(ReportTable table) => new(
        "section",
        new XAttribute("class", "card"),
        new XElement(
            "div",
            new XAttribute("class", "scroll"),
            new XElement(
                "table",
                new XElement(
                    "thead",
                    new XElement(
                        "tr",
                        new XElement("th", string.Empty),
                        table.Columns.Select(column => new XElement("th", column)))),
                new XElement("tbody", table.Rows.Select(Row)))),
        table.Legend.Select(sentence => new XElement("p", new XAttribute("class", "note"), sentence)));

    private static XElement Row(ReportRow row) => new(
        "tr",
        new XElement("td", row.Title, new XElement("small", row.Unit)),
        row.Cells.Select(cell => new XElement(
            "td",
            WithSpreadBelow(cell.Value, cell.GeneratorLimited ? " †" : string.Empty),
            cell.Ratio is null
                ? null
                : new XElement("span", new XAttribute("class", "ratio"), WithSpreadBelow(cell.Ratio, "")))));

    // "1.20 (1.10–1.30)" takes two lines.
    private static object[] WithSpreadBelow(string text, string mark)
    {
        int spread = text.IndexOf('(', System.StringComparison.Ordinal);
        return spread < 0
            ? [text + mark]
            : [text[..spread].TrimEnd() + mark, new XElement("small", text[(spread + 1)..^1])];
    }
}
