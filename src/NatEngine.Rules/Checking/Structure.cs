using System.Collections.Generic;
using System.Linq;
using NatEngine.Rules.Matches;
using NatEngine.Rules.Reading;
using NatEngine.Rules.Targets;

namespace NatEngine.Rules.Checking;

/// <summary>What makes rules unusable although each alone is well written: what the kernel refuses when it is given a
/// whole table, and what natengine does not support where it stands.</summary>
internal static class Structure
{
    internal static void Check(RuleSet rules, FindingLog log)
    {
        foreach (RuleTable table in rules.Tables)
        {
            ChainReach reach = new(table);
            CheckLoops(table, log);
            if (table.Name is not (TableName.Nat or TableName.Filter))
            {
                CheckForeignTable(table, log);
                continue;
            }

            HashSet<string> names = [.. table.Chains.Select(chain => chain.Name)];
            foreach (RuleChain chain in table.Chains)
            {
                CheckChain(table, chain, reach.HooksOf(chain), names, log);
            }
        }
    }

    // One finding for a table: each of its rules would say the same.
    private static void CheckForeignTable(RuleTable table, FindingLog log)
    {
        string does = table.Name switch
        {
            TableName.Raw => "every packet is tracked",
            TableName.Mangle => "natengine does not change packets otherwise than translating them",
            _ => "natengine has no security labels",
        };
        Rule? first = table.Chains.SelectMany(chain => chain.Rules).MinBy(rule => rule.Place?.Line ?? 0);
        if (first is not null)
        {
            int count = table.Chains.Sum(chain => chain.Rules.Count);
            log.Error(WordOf(first, "-A"), $"not supported: table {table.Name} has rules ({count}), and {does}");
        }

        foreach (RuleChain chain in table.Chains.Where(chain => chain.Policy == Verdict.Drop))
        {
            log.Error(WordOf(chain), $"not supported: policy DROP in table {table.Name}");
        }
    }

    private static void CheckChain(
        RuleTable table, RuleChain chain, IReadOnlyList<RuleChain> hooks, HashSet<string> names, FindingLog log)
    {
        if (table.Name == TableName.Nat && chain.Policy == Verdict.Drop)
        {
            log.Error(WordOf(chain), "table nat does not filter: its policies are ACCEPT");
        }

        bool isOurs = hooks.Any(hook => TableName.IsOurs(table.Name, hook.Name));
        if (!isOurs && chain.IsBuiltIn && (chain.Rules.Count > 0 || chain.Policy == Verdict.Drop))
        {
            log.Note(
                WordOf(chain),
                $"kept and not asked: packets from and to the host itself are the kernel's business, "
                + $"and it has its own table {table.Name}");
        }

        foreach (Rule rule in chain.Rules)
        {
            CheckSupport(rule, isOurs, log);
            CheckTarget(table, rule, hooks, names, log);
            CheckMatches(chain, rule, hooks, log);
        }
    }

    private static void CheckSupport(Rule rule, bool isOurs, FindingLog log)
    {
        foreach (Finding finding in rule.Place?.Unsupported ?? [])
        {
            log.Add(isOurs ? finding : finding with { Severity = FindingSeverity.Note });
        }

        if (isOurs && rule.Verbatim is { } words && rule.Place is null)
        {
            log.Error(new Word("", 1, 1), $"not supported: {words}");
        }
    }

    private static void CheckTarget(
        RuleTable table, Rule rule, IReadOnlyList<RuleChain> hooks, HashSet<string> names, FindingLog log)
    {
        if (rule.Target is JumpTarget jump)
        {
            string? fault =
                !names.Contains(jump.Chain) ? $"there is no such chain in table {table.Name}, and no such target"
                : TableName.BuiltInChains(table.Name).Contains(jump.Chain) ? "is a built-in chain: nothing jumps there"
                : null;
            if (fault is not null)
            {
                log.Error(rule.TargetWord(), fault);
            }

            return;
        }

        if (rule.Target is VerdictTarget { Verdict: Verdict.Drop } && table.Name == TableName.Nat)
        {
            log.Error(rule.TargetWord(), "table nat does not filter: drop in table filter, chain FORWARD");
            return;
        }

        if (rule.Target is not { } target || PlacesOf(target) is not { } places)
        {
            return;
        }

        if (places.Table != table.Name)
        {
            log.Error(rule.TargetWord(),
                $"stands in table {places.Table} only");
        }
        else if (hooks.FirstOrDefault(hook => !places.Hooks.Contains(hook.Name)) is { } wrong)
        {
            log.Error(
                rule.TargetWord(),
                $"stands in {string.Join(", ", places.Hooks)} only, and is reached from {wrong.Name}");
        }
    }

    // Where the kernel lets a target stand (the .table and .hooks of struct xt_target); null for anywhere.
    private static (string Table, string[] Hooks)? PlacesOf(IRuleTarget target) => target switch
    {
        DnatTarget or RedirectTarget => (TableName.Nat, [ChainName.Prerouting, ChainName.Output]),
        SnatTarget => (TableName.Nat, [ChainName.Postrouting, ChainName.Input]),
        MasqueradeTarget => (TableName.Nat, [ChainName.Postrouting]),
        NetmapTarget => (TableName.Nat,
            [ChainName.Prerouting, ChainName.Input, ChainName.Output, ChainName.Postrouting]),
        RejectTarget => (TableName.Filter, [ChainName.Input, ChainName.Forward, ChainName.Output]),
        _ => null,
    };

    // iptables looks at the chain that a rule stands in, the kernel at those that lead there.
    private static void CheckMatches(
        RuleChain chain, Rule rule, IReadOnlyList<RuleChain> hooks, FindingLog log)
    {
        for (int i = 0; i < rule.Matches.Count; i++)
        {
            Word word = rule.Place?.MatchWords[i] ?? default;
            string? fault = rule.Matches[i] switch
            {
                InInterfaceMatch when chain is { IsBuiltIn: true, Name: ChainName.Postrouting or ChainName.Output }
                    => $"-i has no meaning in {chain.Name}",
                OutInterfaceMatch when chain is { IsBuiltIn: true, Name: ChainName.Prerouting or ChainName.Input }
                    => $"-o has no meaning in {chain.Name}: the route is not known yet, or leads here",
                MacMatch when hooks.Any(hook => hook.Name is ChainName.Postrouting or ChainName.Output)
                    => "a packet has no sender's hardware address any more in POSTROUTING and OUTPUT",
                _ => null,
            };
            if (fault is not null)
            {
                log.Error(word.Text is null ? new Word("", 1, 1) : word, fault);
            }
        }
    }

    private static void CheckLoops(RuleTable table, FindingLog log)
    {
        foreach (Rule rule in ChainLoops.Find(table))
        {
            log.Error(rule.TargetWord(), "jumps in a circle: this chain can be reached from itself");
        }
    }

    private static Word WordOf(RuleChain chain) => chain.Declaration.Text is null
        ? new Word(chain.Name, chain.Rules.Count > 0 ? chain.Rules[0].Place?.Line ?? 1 : 1, 1)
        : chain.Declaration;

    private static Word WordOf(Rule rule, string text) => new(text, rule.Place?.Line ?? 1, rule.Place?.Column ?? 1);
}
