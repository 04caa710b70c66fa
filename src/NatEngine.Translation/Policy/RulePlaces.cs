using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Rules;

namespace NatEngine.Translation.Policy;

/// <summary>Finds what stands in the places of a program.</summary>
internal sealed class RulePlaces
{
    private readonly RuleProgram _program;
    private readonly int[] _starts;
    private readonly (string Table, RuleChain Chain)[] _chains;

    /// <summary>Prepares for many questions.</summary>
    public RulePlaces(RuleProgram program)
    {
        _program = program;
        KeyValuePair<(string Table, string Chain), int>[] chains = [.. program.Chains.OrderBy(chain => chain.Value)];
        _starts = [.. chains.Select(chain => chain.Value)];
        _chains =
        [
            .. chains.Select(chain => (chain.Key.Table, program.Rules.Find(chain.Key.Table)!.Find(chain.Key.Chain)!)),
        ];
    }

    /// <summary>What stands in a place.</summary>
    public RuleLocation LocationOf(int place)
    {
        int found = Array.BinarySearch(_starts, place);
        (string table, RuleChain chain) = _chains[found < 0 ? ~found - 1 : found];
        return new RuleLocation(table, chain, _program.RuleAt(place));
    }
}
