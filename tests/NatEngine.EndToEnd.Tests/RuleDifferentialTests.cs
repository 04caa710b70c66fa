using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;
using NatEngine.EndToEnd.Tests.Differential.Ruled;
using NatEngine.Rules;

namespace NatEngine.EndToEnd.Tests;

/// <summary>The same rules and the same packets for natengine's translation and for the kernel with iptables: the same
/// verdicts, the same answers, the same translation.</summary>
public sealed partial class RuleDifferentialTests
{
    private const int Cases = 150;
    private const int PacketsPerCase = 24;
    private const int Attempts = 3;
    private const int FirstPort = 10_000;
    private const int Ports = 50_000;

    /// <summary>More cases than <see cref="Cases"/>.</summary>
    private const string CasesVariable = "NATENGINE_RULE_CASES";

    /// <summary>The first case, to see one again.</summary>
    private const string FirstVariable = "NATENGINE_RULE_FIRST";

    private int _opened;

    [RootFact]
    public void Whatever_iptables_makes_of_a_packet_so_does_natengine()
    {
        using KernelGateway theirs = new();
        int first = Number(FirstVariable, 1);
        int cases = Number(CasesVariable, Cases);
        List<string> disagreements = [];
        int passed = 0;
        int rejected = 0;
        int unfinished = 0;
        for (int seed = first; seed < first + cases; seed++)
        {
            (Play play, string? disagreement) = Hold(theirs, seed);
            if (disagreement is not null)
            {
                disagreements.Add(disagreement);
            }

            unfinished += play.IsOver ? 1 : 0;
            passed += play.Passed;
            rejected += play.Rejected;
        }

        Assert.True(
            disagreements.Count == 0, $"{disagreements.Count} of {cases}:\n{string.Join('\n', disagreements)}");

        // Gateways that let nothing pass would agree, too.
        Assert.InRange(passed, cases * PacketsPerCase / 4, cases * PacketsPerCase);
        Assert.InRange(unfinished, 0, 1 + (cases / 20));
        Assert.InRange(rejected, cases / 4, cases * PacketsPerCase);
    }

    // A frame can get lost where the machine is flooded by others: what the gateways disagree about they do each time.
    private (Play Play, string? Disagreement) Hold(KernelGateway theirs, int seed)
    {
        for (int attempt = 1; ; attempt++)
        {
            Random random = new(seed);
            RuleCase rules = new RuleWriter(random).Write();

            // What the kernel gets is what natengine prints, and what iptables prints then is that again.
            string printed = Printed(rules.Text);
            theirs.Load(printed);
            Assert.Equal(printed, Printed(theirs.Save()));
            using OurGateway ours = new(rules.Text, seed);
            Play play = new(ours, theirs, rules, random, () => FirstPort + (_opened++ % Ports));
            string? disagreement = play.Run(PacketsPerCase);
            if (disagreement is null || attempt == Attempts)
            {
                return (play, disagreement is null ? null : $"Case {seed}:\n{rules.Text}{disagreement}\n");
            }
        }
    }

    private static string Printed(string rules)
    {
        RuleReading reading = RuleFile.Read(rules, "generated");
        Assert.True(reading.IsUsable, $"{string.Join('\n', reading.Findings)}\n{rules}");
        return Counters().Replace(RuleText.Of(reading.Rules, withCounters: false), "[0:0]");
    }

    // Those of policies are always there.
    [GeneratedRegex(@"\[\d+:\d+\]")]
    private static partial Regex Counters();

    private static int Number(string variable, int otherwise)
        => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : otherwise;
}
