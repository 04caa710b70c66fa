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
        text.AppendLine("# Comparison").AppendLine();
        string when = result.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        text.AppendLine($"{when}, commit {result.Machine.Commit}.").AppendLine();
        AppendTable(text, ReportTable.Of(result));
        AppendRemarks(text, Remarks.Of(result));
        AppendMachine(text, result.Machine);
        text.AppendLine("## Options").AppendLine();
        foreach ((string option, string value) in result.Options.Where(each => each.Value.Length != 0))
        {
            text.AppendLine($"- `--{option} {value}`");
        }

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

    private static void AppendRemarks(StringBuilder text, IReadOnlyList<string> remarks)
    {
        if (remarks.Count == 0)
        {
            return;
        }

        text.AppendLine("## Remarks").AppendLine();
        foreach (string remark in remarks)
        {
            // A message of several lines stays in its item.
            text.AppendLine($"- {remark.Replace("\n", "\n  ", System.StringComparison.Ordinal)}");
        }

        text.AppendLine();
    }

    private static void AppendMachine(StringBuilder text, MachineDescription machine)
    {
        string kind = machine.Hypervisor ? "virtual machine" : "bare metal";
        string memory = (machine.MemoryOctets / (double)(1L << 30)).ToString("0.#", CultureInfo.InvariantCulture);
        string load = machine.LoadAverage.ToString("0.00", CultureInfo.InvariantCulture);
        text.AppendLine("## Machine").AppendLine();
        text.AppendLine($"- {machine.Processor}, {machine.Processors} processors ({kind})");
        text.AppendLine($"- Frequency governor: {machine.Governor}");
        text.AppendLine($"- {memory} GiB of memory");
        text.AppendLine($"- {machine.Distribution}, kernel {machine.Kernel}, {machine.Runtime}");
        text.AppendLine($"- {machine.Tools}");
        text.AppendLine($"- Offloads of the lab's interfaces: {machine.Offloads}");
        text.AppendLine($"- Load average before the run: {load}");
        text.AppendLine();
    }
}
