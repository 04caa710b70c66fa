using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using NatEngine.Rules;
using NatEngine.Rules.Targets;

namespace NatEngine.Host.Cli;

/// <summary>What <c>natengine rules check</c> says about a file as a whole.</summary>
internal static class RulesSummary
{
    /// <summary>A line for each chain: table, chain, policy, how many rules it has, and with which targets.</summary>
    internal static string Of(RuleSet rules)
    {
        StringBuilder text = new();
        foreach (RuleTable table in rules.Tables)
        {
            foreach (RuleChain chain in table.Chains)
            {
                string policy = chain.Policy switch
                {
                    Rules.Targets.Verdict.Accept => "policy ACCEPT",
                    Rules.Targets.Verdict.Drop => "policy DROP",
                    _ => "",
                };
                string count = chain.Rules.Count == 1 ? "1 rule" : $"{chain.Rules.Count} rules";
                string line = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{table.Name,-8} {chain.Name,-16} {policy,-14} {count,-10} {Targets(chain)}");
                text.Append(line.TrimEnd()).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>The last line: how much was found.</summary>
    internal static string Verdict(IReadOnlyList<Finding> findings)
    {
        int errors = findings.Count(finding => finding.Severity == FindingSeverity.Error);
        int warnings = findings.Count(finding => finding.Severity == FindingSeverity.Warning);
        string usable = errors == 0 ? "the rules can be used" : "the rules cannot be used";
        return string.Create(CultureInfo.InvariantCulture, $"{usable}: {errors} errors, {warnings} warnings");
    }

    private static string Targets(RuleChain chain)
    {
        IEnumerable<string> counts = chain.Rules
            .GroupBy(rule => rule.Verbatim is not null ? "(kept, not understood)" : NameOf(rule.Target))
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Key} {group.Count()}"));
        return string.Join(", ", counts);
    }

    private static string NameOf(IRuleTarget? target) => target switch
    {
        null => "(only counted)",
        JumpTarget jump => "to " + jump.Chain,
        _ => target.Name,
    };
}
