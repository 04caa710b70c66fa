using System.Globalization;
using System.Linq;
using System.Xml.Linq;

namespace NatEngine.LoadTest.Reports.Plots;

/// <summary>Elements of a drawing (SVG), as they stand in an HTML page. Colours are the style sheet's: an element says
/// by its class what it is.</summary>
internal static class Svg
{
    /// <summary>A drawing that scales with the page.</summary>
    public static XElement Drawing(double width, double height, string title, params object?[] content) => new(
        "svg",
        new XAttribute("viewBox", $"0 0 {Number(width)} {Number(height)}"),
        new XAttribute("role", "img"),
        new XElement("title", title),
        content);

    /// <summary>A straight line.</summary>
    public static XElement Line(string kind, double x1, double y1, double x2, double y2) => new(
        "line", Class(kind), At("x1", x1), At("y1", y1), At("x2", x2), At("y2", y2));

    /// <summary>A line through points.</summary>
    public static XElement Path(string kind, params (double X, double Y)[] points)
        => new("polyline", Class(kind), Points(points));

    /// <summary>An area within points.</summary>
    public static XElement Area(string kind, params (double X, double Y)[] points)
        => new("polygon", Class(kind), Points(points));

    /// <summary>A dot that says what it is when pointed at.</summary>
    public static XElement Dot(string kind, double x, double y, double radius, string said)
        => new("circle", Class(kind), At("cx", x), At("cy", y), At("r", radius), new XElement("title", said));

    /// <summary>A rectangle that says what it is when pointed at.</summary>
    public static XElement Bar(string kind, double x, double y, double width, double height, string said)
        => new(
            "rect", Class(kind), At("x", x), At("y", y), At("width", width), At("height", height), At("rx", 3),
            new XElement("title", said));

    /// <summary>Writing.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="x">Where.</param>
    /// <param name="y">Where its baseline is.</param>
    /// <param name="anchor">Which of its ends is there: start, middle or end.</param>
    /// <param name="text">What is written.</param>
    public static XElement Text(string kind, double x, double y, string anchor, string text)
        => new("text", Class(kind), At("x", x), At("y", y), new XAttribute("text-anchor", anchor), text);

    /// <summary>A number as attributes have it.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static XAttribute Class(string kind) => new("class", kind);

    private static XAttribute At(string name, double value) => new(name, Number(value));

    private static XAttribute Points((double X, double Y)[] points)
        => new("points", string.Join(' ', points.Select(point => $"{Number(point.X)},{Number(point.Y)}")));
}
