using NatEngine.LoadTest.Comparison;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Results;
using Spectre.Console;

namespace NatEngine.LoadTest.Reports;

/// <summary>Says on the terminal how a comparison gets on, a line for each figure.</summary>
/// <param name="console">Where to say it.</param>
/// <param name="repeats">How many repeats there will be.</param>
internal sealed class TerminalProgress(IAnsiConsole console, int repeats) : IComparisonProgress
{
    /// <inheritdoc/>
    public void Begin(string system, int repeat, int measurements)
        => console.MarkupLineInterpolated($"[bold]{system}[/] [grey]({repeat} of {repeats})[/]");

    /// <inheritdoc/>
    public void Begin(string measurement)
    {
        // Its first figure will say so.
    }

    /// <inheritdoc/>
    public void Say(string what) => console.MarkupLineInterpolated($"  [grey]{what}[/]");

    /// <inheritdoc/>
    public void Add(Sample sample, Figure figure)
    {
        string value = $"{ReportTable.Number(sample.Value / figure.Scale)} {figure.ScaledUnit}";
        string busy = sample.Details.TryGetValue("systemCoreBusyPercent", out double percent)
            ? $"system's core {percent,3:0} % busy"
            : string.Empty;
        string doubt = sample.Remarks.Count == 0 ? string.Empty : " [yellow]![/]";
        console.MarkupLine(
            $"  {Markup.Escape(figure.Title),-34} {Markup.Escape(value),14}   [grey]{Markup.Escape(busy)}[/]{doubt}");
    }

    /// <inheritdoc/>
    public void Add(Finding finding) => console.MarkupLineInterpolated($"  [grey]{finding.Sentence}[/]");

    /// <inheritdoc/>
    public void Add(Failure failure)
        => console.MarkupLineInterpolated($"  [red]{failure.Step}: {failure.Message}[/]");
}
