using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Results;

namespace NatEngine.LoadTest.Reports.Plots;

/// <summary>Draws one figure of several systems: a bar for each, with the lowest and the highest repeat.</summary>
internal static class BarPlot
{
    private const double Width = 760;
    private const double Left = 170;
    private const double Right = 120;
    private const double Row = 30;
    private const double Thickness = 18;
    private const double Top = 6;
    private const double Bottom = 44;

    /// <summary>Draws the plot with its title.</summary>
    /// <param name="figure">What is shown.</param>
    /// <param name="summaries">Its value on each system that has it, in the order of the bars; at least one.</param>
    /// <param name="colors">Whose is what colour.</param>
    public static XElement Draw(Figure figure, IReadOnlyList<FigureSummary> summaries, SystemColors colors)
    {
        double bottom = Top + (Row * summaries.Count);
        PlotScale scale = PlotScale.Of(
            summaries.Select(each => each.Value.Highest / figure.Scale),
            logarithmic: false, fromZero: true, Left, Width - Right);
        string direction = figure.Better == Better.Higher ? "more is better" : "less is better";
        return new XElement(
            "figure",
            new XAttribute("class", "plot"),
            new XAttribute("data-figure", figure.Name),
            new XElement("figcaption", Sentence.Capital(figure.Title), new XElement("small", $" {direction}")),
            Svg.Drawing(
                Width,
                bottom + Bottom,
                figure.Title,
                Grid(scale, bottom, figure),
                summaries.Select((each, index) => Bar(scale, figure, each, colors, Top + (Row * index)))));
    }

    private static IEnumerable<XElement> Grid(PlotScale scale, double bottom, Figure figure)
    {
        foreach (double tick in scale.Ticks)
        {
            double x = scale.Place(tick);
            yield return Svg.Line("grid", x, Top, x, bottom);
            yield return Svg.Text("tick", x, bottom + 16, "middle", Quantity.Tick(tick, string.Empty));
        }

        yield return Svg.Text("axis", (Left + Width - Right) / 2, bottom + 38, "middle", Quantity.Spoken(figure));
    }

    private static IEnumerable<XElement> Bar(
        PlotScale scale, Figure figure, FigureSummary each, SystemColors colors, double top)
    {
        string color = colors.Of(each.System);
        double middle = top + (Row / 2);
        double start = scale.Place(0);
        double end = scale.Place(each.Value.Median / figure.Scale);
        double lowest = scale.Place(each.Value.Lowest / figure.Scale);
        double highest = scale.Place(each.Value.Highest / figure.Scale);
        string value = ReportTable.Number(each.Value.Median / figure.Scale) + (each.GeneratorLimited ? " †" : "");
        yield return Svg.Text("name", Left - 10, middle + 4, "end", each.System);
        yield return Svg.Bar(
            $"bar {color}", start, middle - (Thickness / 2), Math.Max(1, end - start), Thickness,
            $"{each.System}: {value} {Quantity.Spoken(figure)}");
        if (each.Value.Count > 1)
        {
            yield return Svg.Line("whisker", lowest, middle, highest, middle);
            yield return Svg.Line("whisker", lowest, middle - 5, lowest, middle + 5);
            yield return Svg.Line("whisker", highest, middle - 5, highest, middle + 5);
        }

        yield return Svg.Text("value", Math.Max(end, highest) + 8, middle + 4, "start", value);
    }
}
