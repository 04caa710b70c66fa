using System;
using System.Text;
using NatEngine.Rules.Targets;

namespace NatEngine.Rules;

/// <summary>Writes rules as iptables-save does. What is written loads again, here and with iptables-restore, and is
/// the same.</summary>
public static class RuleText
{
    /// <summary>Writes all tables.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="withCounters">Whether the counters of each rule are written, as <c>iptables-save -c</c> does. Those
    /// of the policies always are.</param>
    public static string Of(RuleSet rules, bool withCounters = true)
    {
        ArgumentNullException.ThrowIfNull(rules);
        StringBuilder text = new();
        foreach (RuleTable table in rules.Tables)
        {
            AppendTable(text, table, withCounters);
        }

        return text.ToString();
    }

    /// <summary>Writes one rule without its chain and counters: <c>-s 100.64.0.0/16 -j MASQUERADE</c>.</summary>
    public static string Of(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        StringBuilder text = new();
        AppendRule(text, rule);
        return text.Length == 0 ? "" : text.ToString(1, text.Length - 1);
    }

    private static void AppendTable(StringBuilder text, RuleTable table, bool withCounters)
    {
        text.Append('*').Append(table.Name).Append('\n');
        foreach (RuleChain chain in table.Chains)
        {
            string policy = chain.Policy is { } verdict ? VerdictTarget.NameOf(verdict) : "-";
            text.Append(':').Append(chain.Name).Word(policy).Word(chain.Counters.ToString()).Append('\n');
        }

        foreach (RuleChain chain in table.Chains)
        {
            foreach (Rule rule in chain.Rules)
            {
                if (withCounters)
                {
                    text.Append(rule.Counters.ToString()).Append(' ');
                }

                text.Append("-A ").Append(chain.Name);
                AppendRule(text, rule);
                text.Append('\n');
            }
        }

        text.Append("COMMIT\n");
    }

    private static void AppendRule(StringBuilder text, Rule rule)
    {
        if (rule.Verbatim is { } words)
        {
            text.Word(words);
            return;
        }

        foreach (IRuleMatch match in rule.Matches)
        {
            match.AppendTo(text);
        }

        rule.Target?.AppendTo(text);
    }
}
