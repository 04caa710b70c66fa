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
    private const int TitleWidth = 52;
    private const int ValueWidth = 14;

    /// <inheritdoc/>
    public void Begin(string system, int repeat, int measurements)
        => Write($"[bold]{system}[/] [grey]({repeat} of {repeats})[/]");

    /// <inheritdoc/>
    public void Begin(string measurement)
    {
        // Its first figure will say so.
    }

    /// <inheritdoc/>
    public void Say(string what) => Write($"  [grey]{what}[/]");

    /// <inheritdoc/>
    public void Add(Sample sample, Figure figure)
    {
        string value = $"{ReportTable.Number(sample.Value / figure.Scale)} {figure.ScaledUnit}";
        string busy = sample.Details.TryGetValue("systemCoreBusyPercent", out double percent)
            ? $"system's core {percent,3:0} % busy"
            : string.Empty;
        string doubt = sample.Remarks.Count == 0 ? string.Empty : " [yellow]![/]";
        console.Write(new CleanLine(new Markup(
            $"  {Markup.Escape(figure.Title),-TitleWidth} {Markup.Escape(value),ValueWidth}"
                + $"   [grey]{Markup.Escape(busy)}[/]{doubt}")));
    }

    /// <inheritdoc/>
    public void Add(Finding finding) => Write($"  [grey]{finding.Sentence}[/]");

    /// <inheritdoc/>
    public void Add(Failure failure)
        => Write($"  [red]{failure.Step}: {failure.Message}[/]");

    private void Write(System.FormattableString line) => console.Write(new CleanLine(Markup.FromInterpolated(line)));
}
