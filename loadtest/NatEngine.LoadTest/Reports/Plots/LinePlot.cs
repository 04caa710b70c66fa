using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Results;

namespace NatEngine.LoadTest.Reports.Plots;

/// <summary>Draws a curve of several systems: a line for each, its band, and what is to be noticed.</summary>
internal sealed class LinePlot
{
    private const double Width = 760;
    private const double Left = 96;
    private const double Right = 18;
    private const double Height = 300;
    private const double Bottom = 52;
    private const double LineOfMarks = 15;
    private const double TopMargin = 12;

    private const double Thin = 2;
    private const double Wider = 1.4;
    private const int MostWidths = 3;

    // Where the label of a mark is written to the left of it rather than to the right.
    private const double RightPart = 0.72;

    // Beyond so many points a dot for each would hide the line.
    private const int MostDots = 40;

    private readonly IReadOnlyList<CurveSummary> _curves;
    private readonly SystemColors _colors;
    private readonly Curve _shape;
    private readonly (CurveMark Mark, string Kind)[] _marks;
    private readonly double _top;
    private readonly PlotScale _x;
    private readonly PlotScale _y;

    private LinePlot(IReadOnlyList<CurveSummary> curves, SystemColors colors)
    {
        _curves = curves;
        _colors = colors;
        _shape = curves[0].Curve;
        _marks = [.. Marks()];
        _top = TopMargin + (LineOfMarks * _marks.Length);
        CurvePoint[] points = [.. curves.SelectMany(each => each.Curve.Points)];
        _x = PlotScale.Of(
            points.Select(point => point.X).Concat(_marks.Select(mark => mark.Mark.X)),
            _shape.X.Logarithmic, fromZero: true, Left, Width - Right);
        _y = PlotScale.Of(
            points.SelectMany(point => new[] { point.Y, point.Low ?? point.Y, point.High ?? point.Y }),
            _shape.Y.Logarithmic, fromZero: true, _top + Height, _top);
    }

    /// <summary>Draws the plot with its title and legend.</summary>
    /// <param name="curves">The same curve of each system that has it; at least one.</param>
    /// <param name="colors">Whose is what colour.</param>
    public static XElement Draw(IReadOnlyList<CurveSummary> curves, SystemColors colors)
        => new LinePlot(curves, colors).Figure();

    private XElement Figure() => new(
        "figure",
        new XAttribute("class", "plot"),
        new XAttribute("data-curve", _shape.Name),
        new XElement("figcaption", Sentence.Capital(_shape.Title)),
        _colors.Legend(_curves.Select(each => each.System)),
        Svg.Drawing(
            Width,
            _top + Height + Bottom,
            _shape.Title,
            Grid(),
            _marks.Select(DrawMark),
            _curves.Select(DrawBand),
            _curves.Select((each, index) => DrawLine(each, _curves.Count - 1 - index))));

    private IEnumerable<XElement> Grid()
    {
        double bottom = _top + Height;
        foreach (double tick in _y.Ticks)
        {
            double y = _y.Place(tick);
            yield return Svg.Line("grid", Left, y, Width - Right, y);
            yield return Svg.Text("tick", Left - 8, y + 4, "end", Quantity.Tick(tick, _shape.Y.Unit));
        }

        foreach (double tick in _x.Ticks)
        {
            double x = _x.Place(tick);
            yield return Svg.Line("grid", x, _top, x, bottom);
            yield return Svg.Text("tick", x, bottom + 18, "middle", Quantity.Tick(tick, _shape.X.Unit));
        }

        yield return Svg.Text("axis", (Left + Width - Right) / 2, bottom + 42, "middle", Label(_shape.X));
        XElement vertical = Svg.Text("axis", 0, 0, "middle", Label(_shape.Y));
        vertical.Add(new XAttribute(
            "transform", $"translate(12 {Svg.Number(_top + (Height / 2))}) rotate(-90)"));
        yield return vertical;
    }

    private static string Label(Axis axis)
        => axis.Label == axis.Unit ? axis.Label : $"{axis.Label} [{Quantity.Symbol(axis.Unit)}]";

    // What several systems have at the same place, such as the number of ports, is said once and is nobody's colour.
    private IEnumerable<(CurveMark Mark, string Kind)> Marks()
    {
        IEnumerable<IGrouping<CurveMark, string>> all = _curves
            .SelectMany(each => each.Curve.Marks.Select(mark => (each.System, Mark: mark)))
            .GroupBy(each => each.Mark, each => each.System)
            .OrderBy(group => group.Key.X);
        foreach (IGrouping<CurveMark, string> same in all)
        {
            string[] systems = [.. same];
            bool common = systems.Length > 1 && systems.Length == _curves.Count;
            string who = common || _curves.Count == 1 ? string.Empty : string.Join(", ", systems) + ": ";
            yield return (
                same.Key with { Label = who + same.Key.Label }, systems.Length > 1 ? "common" : _colors.Of(systems[0]));
        }
    }

    private IEnumerable<XElement> DrawMark((CurveMark Mark, string Kind) mark, int index)
    {
        if (!_x.Shows(mark.Mark.X))
        {
            yield break;
        }

        double x = _x.Place(mark.Mark.X);
        double y = TopMargin + (LineOfMarks * index);
        bool toTheLeft = (x - Left) / (Width - Left - Right) > RightPart;
        string place = Quantity.Tick(mark.Mark.X, _shape.X.Unit);
        string text = mark.Mark.Label.EndsWith(place, StringComparison.Ordinal)
            ? mark.Mark.Label
            : $"{mark.Mark.Label} ({place})";
        yield return Svg.Line($"mark {mark.Kind}", x, y, x, _top + Height);
        yield return Svg.Text(
            $"marked {mark.Kind}", x + (toTheLeft ? -6 : 6), y + 8, toTheLeft ? "end" : "start", text);
    }

    private XElement? DrawBand(CurveSummary each)
    {
        CurvePoint[] points =
        [
            .. each.Curve.Points.Where(point => _x.Shows(point.X)
                && point is { Low: { } low, High: { } high } && _y.Shows(low) && _y.Shows(high)),
        ];
        return points.Length < 2
            ? null
            : Svg.Area(
                $"band {_colors.Of(each.System)}",
                [
                    .. points.Select(point => (_x.Place(point.X), _y.Place(point.High!.Value))),
                    .. points.Reverse().Select(point => (_x.Place(point.X), _y.Place(point.Low!.Value))),
                ]);
    }

    // Where lines lie on each other those beneath are wider, and show on both sides.
    private IEnumerable<XElement> DrawLine(CurveSummary each, int above)
    {
        string color = _colors.Of(each.System);
        CurvePoint[] points = [.. each.Curve.Points.Where(point => _x.Shows(point.X) && _y.Shows(point.Y))];
        XElement line = Svg.Path(
            $"line {color}", [.. points.Select(point => (_x.Place(point.X), _y.Place(point.Y)))]);
        line.Add(new XAttribute("stroke-width", Svg.Number(Thin + (Wider * Math.Min(above, MostWidths)))));
        yield return line;
        foreach (CurvePoint point in points.Length <= MostDots ? points : [])
        {
            string said = $"{each.System}: {Quantity.Full(point.Y, _shape.Y.Unit)} at "
                + Quantity.Full(point.X, _shape.X.Unit);
            yield return Svg.Dot($"dot {color}", _x.Place(point.X), _y.Place(point.Y), 3.5, said);
        }
    }
}
