namespace NatEngine.Translation.Policy;

/// <summary>What the rules of a <see cref="RuleProgram"/> had counted when somebody looked.</summary>
public sealed class RuleTally
{
    internal RuleTally(RuleCounter[] counters) => Counters = counters;

    internal RuleCounter[] Counters { get; }
}
