using System.Collections.Generic;
using NatEngine.Rules.Targets;

namespace NatEngine.Rules.Checking;

/// <summary>From which built-in chains of a table each chain can be reached by jumps.</summary>
internal sealed class ChainReach
{
    private readonly Dictionary<string, List<RuleChain>> _hooks = [];

    internal ChainReach(RuleTable table)
    {
        Dictionary<string, RuleChain> byName = [];
        foreach (RuleChain chain in table.Chains)
        {
            byName.TryAdd(chain.Name, chain);
            _hooks.TryAdd(chain.Name, []);
        }

        foreach (RuleChain hook in table.Chains)
        {
            if (hook.IsBuiltIn)
            {
                Walk(hook, byName);
            }
        }
    }

    /// <summary>The built-in chains that lead to <paramref name="chain"/>; itself, if it is one.</summary>
    internal IReadOnlyList<RuleChain> HooksOf(RuleChain chain) => _hooks[chain.Name];

    private void Walk(RuleChain hook, Dictionary<string, RuleChain> byName)
    {
        HashSet<string> seen = [hook.Name];
        Stack<RuleChain> open = new([hook]);
        while (open.TryPop(out RuleChain? chain))
        {
            _hooks[chain.Name].Add(hook);
            foreach (Rule rule in chain.Rules)
            {
                if (rule.Target is JumpTarget jump
                    && byName.TryGetValue(jump.Chain, out RuleChain? next)
                    && seen.Add(next.Name))
                {
                    open.Push(next);
                }
            }
        }
    }
}
