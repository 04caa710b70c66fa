using System.Collections.Generic;
using System.Linq;
using NatEngine.Rules.Targets;

namespace NatEngine.Rules.Checking;

/// <summary>Finds jumps that lead back to where they came from.</summary>
/// <remarks>Walks without recursion: a chain of ten thousand chains is no reason to run out of stack.</remarks>
internal static class ChainLoops
{
    /// <summary>For each circle the rule that closes it.</summary>
    internal static List<Rule> Find(RuleTable table)
    {
        Dictionary<string, RuleChain> byName = table.Chains.ToDictionary(chain => chain.Name);
        HashSet<string> done = [];
        List<Rule> closing = [];
        foreach (RuleChain chain in table.Chains)
        {
            Walk(chain, byName, done, closing);
        }

        return closing;
    }

    private static void Walk(
        RuleChain start, Dictionary<string, RuleChain> byName, HashSet<string> done, List<Rule> closing)
    {
        HashSet<string> onPath = [];
        Stack<(RuleChain Chain, int Next)> path = [];
        if (done.Add(start.Name))
        {
            onPath.Add(start.Name);
            path.Push((start, 0));
        }

        while (path.TryPop(out (RuleChain Chain, int Next) at))
        {
            if (at.Next == at.Chain.Rules.Count)
            {
                onPath.Remove(at.Chain.Name);
                continue;
            }

            path.Push((at.Chain, at.Next + 1));
            Rule rule = at.Chain.Rules[at.Next];
            if (rule.Target is not JumpTarget jump || !byName.TryGetValue(jump.Chain, out RuleChain? next))
            {
                continue;
            }

            if (onPath.Contains(next.Name))
            {
                closing.Add(rule);
            }
            else if (done.Add(next.Name))
            {
                onPath.Add(next.Name);
                path.Push((next, 0));
            }
        }
    }
}
