using System;
using System.IO;
using NatEngine.LoadTest.Reports;
using NatEngine.LoadTest.Results;
using static NatEngine.LoadTest.Tests.Results.Examples;

namespace NatEngine.LoadTest.Tests.Reports;

public sealed class ReportTests
{
    private static readonly ComparisonResult Complete = Result(
    [
        Sample("generator", 1, 600_000), Sample("natengine", 1, 560_000), Sample("netfilter", 1, 250_000),
        Sample("natengine", 2, 500_000), Sample("netfilter", 2, 250_000),
        Sample("natengine", 1, 93.21, Delay, "someone else was busy"),
    ]);

    private static readonly ComparisonResult Broken = Complete with
    {
        Complete = false,
        Failures = [new Failure("natengine", 2, "ping", "It died.\nLast words.")],
    };

    [Theory]
    [InlineData(0, "0.000")]
    [InlineData(0.51234, "0.512")]
    [InlineData(9.876, "9.88")]
    [InlineData(14.13, "14.1")]
    [InlineData(123.6, "124")]
    [InlineData(20428, "20,428")]
    public void Numbers_have_three_significant_digits_or_all_of_their_whole_part(double value, string text)
        => Assert.Equal(text, ReportTable.Number(value));

    [Fact]
    public void A_cell_has_median_spread_ratio_and_mark()
        => Assert.Equal(
            new ReportCell("0.530 (0.500–0.560)", "× 2.12 (2.00–2.24)", GeneratorLimited: false),
            ReportTable.Of(Complete).Rows[0].Cells[0]);

    [Fact]
    public void The_baseline_and_the_generator_have_no_ratio()
    {
        ReportTable table = ReportTable.Of(Complete);

        Assert.Equal(["natengine", "netfilter", "generator"], table.Columns);
        Assert.Null(table.Rows[0].Cells[1].Ratio);
        Assert.Null(table.Rows[0].Cells[2].Ratio);
    }

    [Fact]
    public void What_was_not_measured_is_a_dash() => Assert.Equal("–", ReportTable.Of(Complete).Rows[1].Cells[1].Value);

    [Fact]
    public void Markdown_and_terminal_show_the_same_table()
    {
        string[] said = ["0.530 (0.500–0.560)", "× 2.12 (2.00–2.24)", "93.2", "Median of 3 repeats", "netfilter"];

        Assert.All(said, text => Assert.Contains(text, MarkdownReport.Render(Complete), StringComparison.Ordinal));
        Assert.All(said, text => Assert.Contains(text, Shown(Complete), StringComparison.Ordinal));
    }

    [Fact]
    public void A_generator_limited_figure_is_marked_and_explained()
    {
        ComparisonResult limited = Result([Sample("generator", 1, 600_000), Sample("natengine", 1, 560_000)]);

        Assert.Contains("0.560 †", MarkdownReport.Render(limited), StringComparison.Ordinal);
        Assert.Contains("† generator-limited", Shown(limited), StringComparison.Ordinal);
        Assert.DoesNotContain("†", MarkdownReport.Render(Complete), StringComparison.Ordinal);
    }

    [Fact]
    public void An_incomplete_result_says_so_first_and_why()
    {
        foreach (string report in new[] { MarkdownReport.Render(Broken), Shown(Broken) })
        {
            int incomplete = report.IndexOf("INCOMPLETE", StringComparison.Ordinal);
            int failure = report.IndexOf("natengine, repeat 2, ping: It died.", StringComparison.Ordinal);
            Assert.InRange(incomplete, 0, failure);
        }

        Assert.DoesNotContain("INCOMPLETE", Shown(Complete), StringComparison.Ordinal);
    }

    [Fact]
    public void A_disturbed_sample_is_remarked_on()
        => Assert.Contains(
            "natengine, repeat 1: someone else was busy", MarkdownReport.Render(Complete), StringComparison.Ordinal);

    [Fact]
    public void The_machine_is_described()
        => Assert.Contains(
            "A processor, 2 processors (virtual machine)", MarkdownReport.Render(Complete), StringComparison.Ordinal);

    private static string Shown(ComparisonResult result)
    {
        using StringWriter text = new();
        TerminalReport.Show(Terminal.ForFile(text), result);
        return text.ToString();
    }
}
