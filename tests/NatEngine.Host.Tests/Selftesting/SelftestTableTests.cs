using System;
using System.Linq;
using System.Text.Json;
using NatEngine.Conformance;
using NatEngine.Host.Selftesting;

namespace NatEngine.Host.Tests.Selftesting;

public sealed class SelftestTableTests
{
    private static readonly Judgement[] Judgements =
    [
        new(4787, "REQ-1", "one mapping", [new(Verdict.Met, ""), new(Verdict.Failed, "two ports")]),
        new(4787, "REQ-3a", "class", [new(Verdict.NotClaimed, "behavior.x"), new(Verdict.NotClaimed, "behavior.x")]),
        new(5382, "REQ-4", "no answer", [new(Verdict.Failed, "an RST"), new(Verdict.NotApplicable, "none")]),
    ];

    [Fact]
    public void One_system_has_its_details_beside_the_verdicts()
    {
        string text = SelftestTable.Write(Report("natengine"), isTerminal: false);

        string[] lines = text.Split('\n');
        Assert.Equal("RFC 4787             natengine", lines[3]);
        Assert.Equal("REQ-1   one mapping  met", lines[4]);
        Assert.Equal("REQ-3a  class        not claimed     behavior.x", lines[5]);
        Assert.Equal("REQ-4   no answer    FAILED          an RST", lines[8]);
        Assert.Equal(
            "natengine: 3 requirements: 1 met, 1 failed, 1 not claimed, 0 not applicable (12.3 s)", lines[10]);
        Assert.DoesNotContain('\e', text);
    }

    [Fact]
    public void Two_systems_have_a_column_each_and_their_details_below()
    {
        string[] lines = SelftestTable.Write(Report("natengine", "netfilter"), isTerminal: false).Split('\n');

        Assert.Equal("RFC 4787             natengine       netfilter", lines[3]);
        Assert.Equal("REQ-1   one mapping  met             FAILED", lines[4]);
        Assert.Equal("    netfilter: two ports", lines[5]);
        Assert.Equal("    natengine and netfilter: behavior.x", lines[7]);
    }

    [Fact]
    public void Somebody_who_looks_sees_colours()
    {
        string text = SelftestTable.Write(Report("natengine"), isTerminal: true);

        Assert.Contains("\e[31mFAILED", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_a_verdict_of_each_system()
    {
        using JsonDocument json = JsonDocument.Parse(SelftestJson.Write(Report("natengine", "netfilter")));

        Assert.Equal(1, json.RootElement.GetProperty("failed").GetInt32());
        Assert.Equal(2, json.RootElement.GetProperty("lanes").GetInt32());
        JsonElement first = json.RootElement.GetProperty("requirements")[0];
        Assert.Equal("met", first.GetProperty("natengine").GetProperty("verdict").GetString());
        Assert.Equal("two ports", first.GetProperty("netfilter").GetProperty("detail").GetString());
    }

    private static SelftestReport Report(params string[] systems)
        => new(
            "default",
            "mapping endpoint-independent",
            2,
            systems,
            [.. Judgements.Select(one => one with { Findings = [.. one.Findings.Take(systems.Length)] })],
            TimeSpan.FromSeconds(12.34));
}
