using System.Collections.Generic;
using System.Linq;
using NatEngine.LoadTest.Results;

namespace NatEngine.LoadTest.Reports;

/// <summary>What a reader must know before believing a table.</summary>
internal static class Remarks
{
    /// <summary>The remarks on a result, the gravest first; none if there is nothing to say.</summary>
    public static IReadOnlyList<string> Of(ComparisonResult result)
    {
        List<string> remarks = [];
        if (!result.Complete)
        {
            remarks.Add("INCOMPLETE: not everything that was asked for was measured.");
        }

        remarks.AddRange(result.Failures.Select(failure =>
            $"{failure.System}, repeat {failure.Repeat}, {failure.Step}: {failure.Message}"));

        // Said once for a system's turn, however many figures it has.
        remarks.AddRange(result.Samples
            .SelectMany(sample => sample.Remarks.Select(remark => $"{sample.System}, repeat {sample.Repeat}: {remark}"))
            .Distinct());
        return remarks;
    }

    /// <summary>What the measurements found out.</summary>
    public static IReadOnlyList<string> FindingsOf(ComparisonResult result)
        =>
        [
            .. result.Findings.Select(
                finding => $"{finding.System}, repeat {finding.Repeat}, {finding.Measurement}: {finding.Sentence}"),
        ];
}
