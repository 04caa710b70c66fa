using System;
using System.Collections.Generic;
using NatEngine.Rules;

namespace NatEngine.Translation.Policy;

/// <summary>One program taking the place of another: a rule that both have goes on counting.</summary>
/// <remarks>All that takes time is done when it is made, by any thread; <see cref="Complete"/> is a walk over
/// numbers, for the thread that uses the programs.</remarks>
public sealed class RuleSuccession
{
    private const int New = -1;

    private readonly RuleTally _known;
    private readonly int[] _origins;

    /// <summary>Finds out which rules stay.</summary>
    /// <param name="before">The program in use.</param>
    /// <param name="known">What it had counted when the counters of <paramref name="after"/> were made.</param>
    /// <param name="after">The program to be used.</param>
    public RuleSuccession(RuleProgram before, RuleTally known, RuleProgram after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        Before = before;
        After = after;
        _known = known;
        _origins = OriginsOf(before, after);
    }

    /// <summary>The program that was in use.</summary>
    public RuleProgram Before { get; }

    /// <summary>The program that takes its place.</summary>
    public RuleProgram After { get; }

    /// <summary>Adds what was counted since the counters were looked at. To be called once, when packets are held
    /// against <see cref="Before"/> no more.</summary>
    public void Complete()
    {
        RuleCounter[] now = Before.Counters;
        RuleCounter[] then = _known.Counters;
        RuleCounter[] counters = After.Counters;
        for (int place = 0; place < counters.Length; place++)
        {
            int origin = _origins[place];
            if (origin != New)
            {
                counters[place].Packets += now[origin].Packets - then[origin].Packets;
                counters[place].Octets += now[origin].Octets - then[origin].Octets;
            }
        }
    }

    private static int[] OriginsOf(RuleProgram before, RuleProgram after)
    {
        int[] origins = new int[after.Counters.Length];
        Array.Fill(origins, New);
        IReadOnlyDictionary<(string Table, string Chain), IReadOnlyList<int>> rules =
            RuleDifference.Origins(before.Rules, after.Rules);
        foreach (((string Table, string Chain) chain, int start) in after.Chains)
        {
            if (!before.Chains.TryGetValue(chain, out int old))
            {
                continue;
            }

            IReadOnlyList<int> places = rules[chain];
            for (int i = 0; i < places.Count; i++)
            {
                origins[start + i] = places[i] < 0 ? New : old + places[i];
            }

            origins[start + places.Count] = old + before.Rules.Find(chain.Table)!.Find(chain.Chain)!.Rules.Count;
        }

        return origins;
    }
}
