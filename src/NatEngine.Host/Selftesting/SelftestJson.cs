using System;
using System.Text.Json;
using System.Text.Json.Nodes;
using NatEngine.Conformance;

namespace NatEngine.Host.Selftesting;

/// <summary>A selftest's report for programs.</summary>
internal static class SelftestJson
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    internal static string Write(SelftestReport report)
    {
        JsonArray requirements = [];
        foreach (Judgement judgement in report.Judgements)
        {
            JsonObject requirement = new()
            {
                ["rfc"] = judgement.Rfc,
                ["requirement"] = judgement.Requirement,
                ["title"] = judgement.Title,
            };
            for (int system = 0; system < report.Systems.Count; system++)
            {
                Finding finding = judgement.Findings[system];
                requirement[report.Systems[system]] = new JsonObject
                {
                    ["verdict"] = VerdictWords.Of(finding.Verdict).ToLowerInvariant(),
                    ["detail"] = finding.Detail,
                };
            }

            requirements.Add((JsonNode)requirement);
        }

        JsonObject root = new()
        {
            ["version"] = EngineBuild.Version,
            ["preset"] = report.Preset,
            ["behavior"] = report.Behavior,
            ["lanes"] = report.Lanes,
            ["seconds"] = Math.Round(report.Elapsed.TotalSeconds, 1),
            ["met"] = report.Count(Verdict.Met),
            ["failed"] = report.Failed,
            ["notClaimed"] = report.Count(Verdict.NotClaimed),
            ["notApplicable"] = report.Count(Verdict.NotApplicable),
            ["requirements"] = requirements,
        };
        return root.ToJsonString(Format) + "\n";
    }
}
