using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Rules.Comparing;

namespace NatEngine.Rules;

/// <summary>What a reload changes. A rule is the same if it is written the same, whatever it counted, and stands in the
/// same chain in the same order among those that stay.</summary>
public static class RuleDifference
{
    /// <summary>For each chain of <paramref name="after"/> and each of its rules the place of the same rule in that
    /// chain of <paramref name="before"/>, or -1 if it is new.</summary>
    public static IReadOnlyDictionary<(string Table, string Chain), IReadOnlyList<int>> Origins(
        RuleSet before, RuleSet after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        Dictionary<(string, string), IReadOnlyList<int>> origins = [];
        foreach (RuleTable table in after.Tables)
        {
            foreach (RuleChain chain in table.Chains)
            {
                ValueList<Rule> old = before.Find(table.Name)?.Find(chain.Name)?.Rules ?? [];
                origins.Add((table.Name, chain.Name), RuleAlignment.Align(old, chain.Rules));
            }
        }

        return origins;
    }

    /// <summary>The rules of <paramref name="after"/> with the counters that the same rules, and the policies of the
    /// same chains, have in <paramref name="before"/>. New rules keep their own.</summary>
    public static RuleSet WithCountersOf(RuleSet before, RuleSet after)
    {
        IReadOnlyDictionary<(string Table, string Chain), IReadOnlyList<int>> origins = Origins(before, after);
        return new RuleSet([.. after.Tables.Select(table => table with
        {
            Chains = [.. table.Chains.Select(chain => Counted(
                before.Find(table.Name)?.Find(chain.Name), chain, origins[(table.Name, chain.Name)]))],
        })]);
    }

    /// <summary>The rules that a change takes away and those that it adds, as <c>-t table -D chain …</c> and
    /// <c>-t table -A chain …</c>, without those that stay.</summary>
    public static IReadOnlyList<string> Describe(RuleSet before, RuleSet after)
    {
        IReadOnlyDictionary<(string Table, string Chain), IReadOnlyList<int>> origins = Origins(before, after);
        List<string> lines = [];
        foreach (RuleTable table in before.Tables)
        {
            foreach (RuleChain chain in table.Chains)
            {
                HashSet<int> kept = [.. origins.GetValueOrDefault((table.Name, chain.Name)) ?? []];
                lines.AddRange(chain.Rules.Where((_, i) => !kept.Contains(i))
                    .Select(rule => $"-t {table.Name} -D {chain.Name} {rule}"));
            }
        }

        foreach (RuleTable table in after.Tables)
        {
            foreach (RuleChain chain in table.Chains)
            {
                IReadOnlyList<int> places = origins[(table.Name, chain.Name)];
                lines.AddRange(chain.Rules.Where((_, i) => places[i] < 0)
                    .Select(rule => $"-t {table.Name} -A {chain.Name} {rule}"));
            }
        }

        return lines;
    }

    private static RuleChain Counted(RuleChain? before, RuleChain after, IReadOnlyList<int> origins)
    {
        if (before is null)
        {
            return after;
        }

        return after with
        {
            Counters = before.Counters,
            Rules = [.. after.Rules.Select((rule, i) => origins[i] < 0
                ? rule
                : rule with { Counters = before.Rules[origins[i]].Counters })],
        };
    }
}
