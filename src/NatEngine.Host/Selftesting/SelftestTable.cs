using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using NatEngine.Conformance;

namespace NatEngine.Host.Selftesting;

/// <summary>A selftest's report for the person at the terminal.</summary>
internal static class SelftestTable
{
    private const string Green = "\e[32m";
    private const string Red = "\e[31m";
    private const string Faint = "\e[2m";
    private const string Plain = "\e[0m";
    private const int VerdictWidth = 14;

    /// <summary>Writes the table.</summary>
    /// <param name="report">What was found.</param>
    /// <param name="isTerminal">Whether somebody looks at it, who sees colours.</param>
    internal static string Write(SelftestReport report, bool isTerminal)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"natengine {EngineBuild.Release}, preset {report.Preset}");
        text.AppendLine(
            report.Lanes == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", {report.Lanes} lanes"));
        text.AppendLine(CultureInfo.InvariantCulture, $"{report.Behavior}");
        int numberWidth = report.Judgements.Max(judgement => judgement.Requirement.Length);
        int titleWidth = report.Judgements.Max(judgement => judgement.Title.Length);
        foreach (IGrouping<int, Judgement> rfc in report.Judgements.GroupBy(judgement => judgement.Rfc))
        {
            text.AppendLine();
            string name = string.Create(CultureInfo.InvariantCulture, $"RFC {rfc.Key}");
            text.Append(name.PadRight(numberWidth + titleWidth + 4));
            text.AppendLine(string.Concat(report.Systems.Select(name => name.PadRight(VerdictWidth + 2))).TrimEnd());
            foreach (Judgement judgement in rfc)
            {
                string start = $"{judgement.Requirement.PadRight(numberWidth)}  {judgement.Title.PadRight(titleWidth)}";
                text.Append(start).Append("  ");
                text.AppendLine(Findings(report, judgement, isTerminal));
            }
        }

        text.AppendLine();
        for (int system = 0; system < report.Systems.Count; system++)
        {
            text.AppendLine(Total(report, system));
        }

        return text.ToString();
    }

    // Beside the verdict if there is one; with several, a line for each below.
    private static string Findings(SelftestReport report, Judgement judgement, bool isTerminal)
    {
        string verdicts = string.Concat(judgement.Findings.Select(finding
            => Paint(finding.Verdict, VerdictWords.Of(finding.Verdict).PadRight(VerdictWidth), isTerminal) + "  "));
        if (report.Systems.Count == 1)
        {
            return (verdicts + judgement.Findings[0].Detail).TrimEnd();
        }

        IEnumerable<string> details = judgement.Findings
            .Select((finding, system) => (finding.Detail, Name: report.Systems[system]))
            .Where(one => one.Detail.Length > 0)
            .GroupBy(one => one.Detail)
            .Select(same => $"\n    {string.Join(" and ", same.Select(one => one.Name))}: {same.Key}");
        return verdicts.TrimEnd() + string.Concat(details);
    }

    private static string Total(SelftestReport report, int system) => string.Create(
        CultureInfo.InvariantCulture,
        $"{report.Systems[system]}: {report.Judgements.Count} requirements: {report.Count(Verdict.Met, system)} met, "
        + $"{report.Count(Verdict.Failed, system)} failed, {report.Count(Verdict.NotClaimed, system)} not claimed, "
        + $"{report.Count(Verdict.NotApplicable, system)} not applicable ({report.Elapsed.TotalSeconds:0.0} s)");

    private static string Paint(Verdict verdict, string word, bool isTerminal) => !isTerminal
        ? word
        : verdict switch
        {
            Verdict.Met => Green + word + Plain,
            Verdict.Failed => Red + word + Plain,
            _ => Faint + word + Plain,
        };
}
