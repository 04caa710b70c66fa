using NatEngine.Rules;

namespace NatEngine.Translation.Policy;

/// <summary>A place where a packet's way through the rules may end.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Chain">The chain.</param>
/// <param name="Rule">The rule; null for the end of the chain, which is its policy if it has one.</param>
public sealed record RuleLocation(string Table, RuleChain Chain, Rule? Rule);
