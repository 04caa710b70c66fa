using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;
using NatEngine.Rules.Checking;
using NatEngine.Rules.Reading;
using NatEngine.Rules.Targets;

namespace NatEngine.Rules;

/// <summary>Warns of rules that can be used and probably do not do what their author wants.</summary>
public static class RuleChecks
{
    /// <summary>Looks at rules that were read without an error.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="file">What findings call their text.</param>
    /// <param name="externalAddresses">The addresses that the gateway can translate to; null if they are not known.
    /// </param>
    public static IReadOnlyList<Finding> Check(
        RuleSet rules, string file, IReadOnlyCollection<IPv4Address>? externalAddresses = null)
    {
        ArgumentNullException.ThrowIfNull(rules);
        FindingLog log = new(file);
        PublishedChecks published = new(rules);
        foreach (RuleTable table in rules.Tables)
        {
            ChainReach reach = new(table);
            CheckReferences(table, log);
            foreach (RuleChain chain in table.Chains)
            {
                IReadOnlyList<RuleChain> hooks = reach.HooksOf(chain);
                if (hooks.Count == 0 || hooks.Any(hook => TableName.IsOurs(table.Name, hook.Name)))
                {
                    ChainChecks.Check(chain, hooks, log);
                }

                foreach (Rule rule in chain.Rules)
                {
                    published.Check(rule, log);
                    CheckSource(rule, externalAddresses, log);
                    CheckLocalService(rule, hooks, log);
                }
            }
        }

        return [.. log.Findings.OrderBy(finding => finding.Word.Line).ThenBy(finding => finding.Word.Column)];
    }

    private static void CheckReferences(RuleTable table, FindingLog log)
    {
        HashSet<string> named = [.. table.Chains.SelectMany(chain => chain.Rules)
            .Select(rule => rule.Target).OfType<JumpTarget>().Select(jump => jump.Chain)];
        foreach (RuleChain chain in table.Chains.Where(chain => !chain.IsBuiltIn && !named.Contains(chain.Name)))
        {
            Word word = chain.Declaration.Text is null ? new Word(chain.Name, 1, 1) : chain.Declaration;
            log.Warn(word, "no rule jumps to this chain");
        }
    }

    private static void CheckLocalService(Rule rule, IReadOnlyList<RuleChain> hooks, FindingLog log)
    {
        if (rule.Target is RedirectTarget && hooks.Any(hook => hook.Name == ChainName.Prerouting))
        {
            log.Warn(
                rule.TargetWord(),
                "natengine run refuses this: the gateway's own services are the kernel's. Give the service an address "
                + "of its own inside, and DNAT to that");
        }
    }

    private static void CheckSource(Rule rule, IReadOnlyCollection<IPv4Address>? externalAddresses, FindingLog log)
    {
        if (externalAddresses is null || rule.Target is not SnatTarget { Addresses: { } range })
        {
            return;
        }

        long owned = externalAddresses.Distinct().LongCount(range.Contains);
        if (owned < (long)range.Last.Value - range.First.Value + 1)
        {
            log.Warn(
                rule.TargetWord(),
                $"the gateway does not have {(owned == 0 ? "" : "all of ")}{range.ToTargetText()}: answers will not "
                + "come back, unless external.addresses has it");
        }
    }
}
