using System.Collections.Generic;
using NatEngine.Rules;
using NatEngine.Rules.Targets;

namespace NatEngine.Translation.Policy;

/// <summary>A <see cref="RuleProgram"/> while it is being made.</summary>
internal sealed class RuleCode
{
    /// <summary>The rules of all chains.</summary>
    public List<CompiledRule> Rules { get; } = [];

    /// <summary>The tests of all rules.</summary>
    public List<RuleTest> Tests { get; } = [];

    /// <summary>The conditions that these are of.</summary>
    public List<IRuleMatch> Tested { get; } = [];

    /// <summary>The targets that give sources.</summary>
    public List<SourceTarget> Sources { get; } = [];

    /// <summary>The targets that give destinations.</summary>
    public List<DestinationTarget> Destinations { get; } = [];

    /// <summary>The targets that change marks.</summary>
    public List<MarkTarget> Marks { get; } = [];

    /// <summary>Where each hook begins.</summary>
    public int[] Hooks { get; } = new int[3];

    /// <summary>Where each hook's policy stands.</summary>
    public int[] Policies { get; } = new int[3];

    /// <summary>Which rule stands in a place; the ends of chains are not among them.</summary>
    public Dictionary<int, Rule> Origins { get; } = [];

    /// <summary>What places have counted before.</summary>
    public List<(int Place, RuleCounters Counters)> Counters { get; } = [];

    /// <summary>Where each chain that is asked begins.</summary>
    public Dictionary<(string Table, string Chain), int> Chains { get; } = [];
}
