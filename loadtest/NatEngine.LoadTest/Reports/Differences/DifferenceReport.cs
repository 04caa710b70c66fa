using NatEngine.LoadTest.Reports.Plots;
using Spectre.Console;

namespace NatEngine.LoadTest.Reports.Differences;

/// <summary>Shows on the terminal how two results differ.</summary>
internal static class DifferenceReport
{
    /// <summary>Shows the table, and what else differs.</summary>
    public static void Show(IAnsiConsole console, ResultDifference difference)
    {
        Table table = new Table().Border(TableBorder.Rounded)
            .AddColumns("figure", "system")
            .AddColumn(new TableColumn("before").RightAligned())
            .AddColumn(new TableColumn("after").RightAligned())
            .AddColumn(new TableColumn("×").RightAligned())
            .AddColumns("verdict", "because");
        foreach (FigureDifference each in difference.Figures)
        {
            table.AddRow(
                Markup.Escape(Sentence.Capital(each.Title) + (each.Unit.Length == 0 ? string.Empty : $", {each.Unit}")),
                Markup.Escape(each.System),
                Number(each.Before),
                Number(each.After),
                Number(each.Ratio),
                Word(each.Verdict),
                Markup.Escape(each.Why));
        }

        console.Write(table);
        foreach (string sentence in difference.Surroundings)
        {
            console.MarkupLineInterpolated($"[yellow]![/] {sentence}");
        }
    }

    private static string Number(double? value) => value is { } there ? ReportTable.Number(there) : "–";

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Better => "[green]better[/]",
        Verdict.Worse => "[red]worse[/]",
        Verdict.Same => "same",
        _ => "[yellow]not comparable[/]",
    };
}
