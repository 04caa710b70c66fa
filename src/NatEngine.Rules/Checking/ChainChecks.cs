using System.Collections.Generic;
using System.Linq;
using NatEngine.Rules.Matches;
using NatEngine.Rules.Reading;
using NatEngine.Rules.Targets;

namespace NatEngine.Rules.Checking;

/// <summary>Warns of rules of a chain that no packet can fit, or that none comes to.</summary>
internal static class ChainChecks
{
    internal static void Check(RuleChain chain, IReadOnlyList<RuleChain> hooks, FindingLog log)
    {
        CoveringRules covering = new();
        foreach (Rule rule in chain.Rules)
        {
            RuleRegion region = RuleRegion.Of(rule);
            if (region.EmptyAt is { } at)
            {
                log.Warn(
                    rule.MatchWord(at), "no packet fits this rule: this contradicts itself or what stands before it");
                continue;
            }

            CheckInterfaces(rule, hooks, log);
            if (covering.Find(region) is { } earlier)
            {
                log.Warn(
                    rule.FirstWord(),
                    $"no packet comes to this rule: the one of {PlaceOf(earlier, chain)} takes all that fit it");
                if (RuleRegion.Of(earlier).IsEverything)
                {
                    return; // All that follow are the same case.
                }
            }
            else if (Decides(rule))
            {
                covering.Add(rule, region);
            }
        }
    }

    /// <summary>True if no packet that fits the rule goes on to the next one.</summary>
    internal static bool Decides(Rule rule) => rule.Verbatim is null && rule.Target switch
    {
        null or LogTarget or MarkTarget => false,
        JumpTarget jump => jump.IsGoto,
        _ => true,
    };

    // For the built-in chains themselves these are errors; a chain of the user's may be reached from several.
    private static void CheckInterfaces(Rule rule, IReadOnlyList<RuleChain> hooks, FindingLog log)
    {
        for (int i = 0; i < rule.Matches.Count && hooks.Count > 0; i++)
        {
            bool isNever = rule.Matches[i] switch
            {
                InInterfaceMatch { Interface.IsNegated: false }
                    => hooks.All(hook => hook.Name is ChainName.Postrouting or ChainName.Output),
                OutInterfaceMatch { Interface.IsNegated: false }
                    => hooks.All(hook => hook.Name is ChainName.Prerouting or ChainName.Input),
                _ => false,
            };
            if (isNever)
            {
                string names = string.Join(" and ", hooks.Select(hook => hook.Name));
                log.Warn(rule.MatchWord(i), $"no packet fits this rule: it is reached from {names} only");
            }
        }
    }

    private static string PlaceOf(Rule rule, RuleChain chain)
    {
        if (rule.Place is { } place)
        {
            return $"line {place.Line}";
        }

        int number = chain.Rules.TakeWhile(other => !ReferenceEquals(other, rule)).Count() + 1;
        return $"number {number}";
    }
}
