using System;
using System.Collections.Generic;
using System.Linq;

namespace NatEngine.Translation.Policy;

/// <summary>What the rules of a <see cref="RuleProgram"/> had counted when somebody looked.</summary>
public sealed class RuleTally
{
    internal RuleTally(RuleCounter[] counters) => Counters = counters;

    internal RuleCounter[] Counters { get; }

    /// <summary>What several programs of the same rules had counted together.</summary>
    public static RuleTally Sum(IReadOnlyList<RuleTally> tallies)
    {
        ArgumentNullException.ThrowIfNull(tallies);
        RuleCounter[] sum = [.. tallies[0].Counters];
        foreach (RuleTally tally in tallies.Skip(1))
        {
            for (int place = 0; place < sum.Length; place++)
            {
                sum[place].Packets += tally.Counters[place].Packets;
                sum[place].Octets += tally.Counters[place].Octets;
            }
        }

        return new RuleTally(sum);
    }
}
