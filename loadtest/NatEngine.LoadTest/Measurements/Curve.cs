using System.Collections.Generic;

namespace NatEngine.LoadTest.Measurements;

/// <summary>How one thing depends on another: a plot of the report, with a line for every system.</summary>
internal sealed record Curve
{
    /// <summary>How the results call it, such as "clients-web-page-time". Never renamed: results compare by it.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>How the report calls it.</summary>
    public required string Title { get; init; }

    /// <summary>The horizontal axis.</summary>
    public required Axis X { get; init; }

    /// <summary>The vertical axis.</summary>
    public required Axis Y { get; init; }

    /// <summary>The points, ascending by <see cref="CurvePoint.X"/>.</summary>
    public required IReadOnlyList<CurvePoint> Points { get; init; }

    /// <summary>What is to be noticed; empty if nothing is.</summary>
    public IReadOnlyList<CurveMark> Marks { get; init; } = [];
}
