using System.Linq;
using NatEngine.LoadTest.Results;
using Spectre.Console;

namespace NatEngine.LoadTest.Reports;

/// <summary>Shows a comparison on the terminal.</summary>
internal static class TerminalReport
{
    /// <summary>Shows the table, and what must be known before believing it.</summary>
    public static void Show(IAnsiConsole console, ComparisonResult result)
    {
        ReportTable report = ReportTable.Of(result);
        Table table = new Table().Border(TableBorder.Rounded).ShowRowSeparators();
        table.AddColumn(new TableColumn(string.Empty));
        foreach (string column in report.Columns)
        {
            table.AddColumn(new TableColumn(Markup.Escape(column)).RightAligned());
        }

        foreach (ReportRow row in report.Rows)
        {
            string title = $"{Markup.Escape(row.Title)}\n[grey]{Markup.Escape(row.Unit)}[/]";
            table.AddRow([title, .. row.Cells.Select(Cell)]);
        }

        console.Write(table);
        foreach (string sentence in report.Legend)
        {
            console.WriteLine(sentence);
        }

        foreach (string remark in Remarks.Of(result))
        {
            console.MarkupLineInterpolated($"[yellow]![/] {remark}");
        }
    }

    private static string Cell(ReportCell cell)
    {
        string mark = cell.GeneratorLimited ? " [yellow]†[/]" : string.Empty;
        string ratio = cell.Ratio is null ? string.Empty : $"\n[bold]{Markup.Escape(cell.Ratio)}[/]";
        return Markup.Escape(cell.Value) + mark + ratio;
    }
}
