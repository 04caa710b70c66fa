using System.Collections.Generic;
using NatEngine.Rules.Targets;

namespace NatEngine.Rules.Reading;

/// <summary>A chain that commands still change.</summary>
internal sealed class ChainUnderConstruction(RuleChain chain)
{
    internal string Name { get; set; } = chain.Name;

    internal Verdict? Policy { get; set; } = chain.Policy;

    internal RuleCounters Counters { get; set; } = chain.Counters;

    internal Word Declaration { get; set; } = chain.Declaration;

    internal List<Rule> Rules { get; } = [.. chain.Rules];

    internal bool IsBuiltIn => Policy is not null;

    internal RuleChain ToChain() => new(Name, Policy, Counters, [.. Rules]) { Declaration = Declaration };
}
