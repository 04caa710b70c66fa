using System;
using System.Linq;
using CsCheck;

namespace NatEngine.Rules.Tests;

public sealed class RuleDifferenceTests
{
    [Fact]
    public void Counters_stay_with_the_rules_that_stay()
    {
        RuleSet before = Read("[1:1] -A FORWARD -i a\n[2:2] -A FORWARD -i b\n[3:3] -A FORWARD -i c\n");
        RuleSet after = Read("-A FORWARD -i new\n-A FORWARD -i b\n-A FORWARD -i c\n[9:9] -A FORWARD -i a\n");

        RuleSet counted = RuleDifference.WithCountersOf(before, after);

        Assert.Equal(
            ["[0:0] -i new", "[2:2] -i b", "[3:3] -i c", "[9:9] -i a"],
            counted.Filter.Find("FORWARD")!.Rules.Select(rule => $"{rule.Counters} {rule}"));
        Assert.Equal(new RuleCounters(7, 70), counted.Filter.Find("FORWARD")!.Counters);
        Assert.Equal(
            ["-t filter -D FORWARD -i a", "-t filter -A FORWARD -i new", "-t filter -A FORWARD -i a"],
            RuleDifference.Describe(before, after));
    }

    [Fact] // The longest common subsequence by the book, in quadratic time.
    public void As_many_rules_stay_as_can()
    {
        Gen<string> chain = Gen.String[Gen.Char["abcd"], 0, 12];
        Gen.Select(chain, chain).Sample((old, changed) =>
        {
            RuleSet before = Read(Lines(old));
            RuleSet after = Read(Lines(changed));
            int[] origins = [.. RuleDifference.Origins(before, after)[("filter", "FORWARD")]];
            int[] kept = [.. origins.Where(origin => origin >= 0)];

            Assert.Equal(kept.Order(), kept);
            Assert.Equal(kept.Distinct(), kept);
            Assert.All(
                origins.Index().Where(entry => entry.Item >= 0),
                entry => Assert.Equal(old[entry.Item], changed[entry.Index]));
            Assert.Equal(LongestCommon(old, changed), kept.Length);
        });
    }

    private static string Lines(string interfaces)
        => string.Concat(interfaces.Select(name => $"-A FORWARD -i {name}\n"));

    private static RuleSet Read(string rules)
    {
        RuleReading reading = RuleFile.Read($"*filter\n:FORWARD ACCEPT [7:70]\n{rules}COMMIT\n", "f");
        Assert.Empty(reading.Findings);
        return reading.Rules;
    }

    private static int LongestCommon(string a, string b)
    {
        int[,] longest = new int[a.Length + 1, b.Length + 1];
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                longest[i, j] = a[i - 1] == b[j - 1]
                    ? longest[i - 1, j - 1] + 1
                    : Math.Max(longest[i - 1, j], longest[i, j - 1]);
            }
        }

        return longest[a.Length, b.Length];
    }
}
