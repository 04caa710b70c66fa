using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Results;

namespace NatEngine.LoadTest.Reports;

/// <summary>Writes a comparison as Markdown, for notes and issues.</summary>
internal static class MarkdownReport
{
    /// <summary>The file's name in the results folder.</summary>
    public const string Name = "report.md";

    /// <summary>Writes the report.</summary>
    public static void Write(string directory, ComparisonResult result)
        => File.WriteAllText(Path.Combine(directory, Name), Render(result));

    /// <summary>Renders the report.</summary>
    public static string Render(ComparisonResult result)
    {
        StringBuilder text = new();
        text.AppendLine($"# natload {result.Command}").AppendLine();
        string when = result.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        text.AppendLine($"{when}, commit {result.Machine.Commit}.").AppendLine();
        AppendTable(text, ReportTable.Of(result));
        AppendList(text, "Remarks", Remarks.Of(result));
        AppendList(text, "Findings", Remarks.FindingsOf(result));
        AppendMachine(text, result.Machine);
        text.AppendLine("## Do it again").AppendLine();
        text.AppendLine("```").AppendLine(Reproduction.CommandLine(result)).AppendLine("```");
        return text.ToString();
    }

    private static void AppendTable(StringBuilder text, ReportTable table)
    {
        text.AppendLine($"| | {string.Join(" | ", table.Columns)} |");
        text.AppendLine($"|---|{string.Concat(Enumerable.Repeat("---|", table.Columns.Count))}");
        foreach (ReportRow row in table.Rows)
        {
            text.AppendLine($"| {row.Title} [{row.Unit}] | {string.Join(" | ", row.Cells.Select(Cell))} |");
        }

        foreach (string sentence in table.Legend)
        {
            text.AppendLine().AppendLine(sentence);
        }

        text.AppendLine();
    }

    private static string Cell(ReportCell cell)
    {
        string mark = cell.GeneratorLimited ? " †" : "";
        string ratio = cell.Ratio is null ? "" : $"<br>{cell.Ratio}";
        return cell.Value + mark + ratio;
    }

    private static void AppendList(StringBuilder text, string heading, IReadOnlyList<string> remarks)
    {
        if (remarks.Count == 0)
        {
            return;
        }

        text.AppendLine($"## {heading}").AppendLine();
        foreach (string remark in remarks)
        {
            // A message of several lines stays in its item.
            text.AppendLine($"- {remark.Replace("\n", "\n  ", System.StringComparison.Ordinal)}");
        }

        text.AppendLine();
    }

    private static void AppendMachine(StringBuilder text, MachineDescription machine)
    {
        text.AppendLine("## Machine").AppendLine();
        foreach ((string name, string value) in Reproduction.Machine(machine))
        {
            text.AppendLine($"- {name}: {value}");
        }

        text.AppendLine();
    }
}
