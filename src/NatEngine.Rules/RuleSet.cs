using System.Collections.Generic;
using System.Linq;

namespace NatEngine.Rules;

/// <summary>All rules of a gateway: what a file that iptables-save wrote says. Immutable.</summary>
/// <param name="Tables">The tables in the order of <see cref="TableName.All"/>. <c>nat</c> and <c>filter</c> are always
/// there with all their built-in chains, the others if the text had them.</param>
public sealed record RuleSet(ValueList<RuleTable> Tables)
{
    /// <summary>No rule, and every policy ACCEPT: what the kernel has when it starts.</summary>
    public static RuleSet Empty { get; } = new(
        [RuleTable.Empty(TableName.Nat), RuleTable.Empty(TableName.Filter)]);

    /// <summary>The table that translates.</summary>
    public RuleTable Nat => Find(TableName.Nat)!;

    /// <summary>The table that accepts and refuses.</summary>
    public RuleTable Filter => Find(TableName.Filter)!;

    /// <summary>The table of that name, or null.</summary>
    public RuleTable? Find(string name) => Tables.FirstOrDefault(table => table.Name == name);

    /// <summary>Every rule with its table and chain, in the order of the text.</summary>
    public IEnumerable<(RuleTable Table, RuleChain Chain, Rule Rule)> AllRules()
        => from table in Tables from chain in table.Chains from rule in chain.Rules select (table, chain, rule);
}
