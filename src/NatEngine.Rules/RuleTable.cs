using System.Linq;

namespace NatEngine.Rules;

/// <summary>A table: its built-in chains in the order of iptables-save, then the user's in the order of their
/// making.</summary>
/// <param name="Name">One of <see cref="TableName.All"/>.</param>
/// <param name="Chains">The chains. No two have one name.</param>
public sealed record RuleTable(string Name, ValueList<RuleChain> Chains)
{
    /// <summary>The table without rules or chains of the user's.</summary>
    public static RuleTable Empty(string name)
        => new(name, [.. TableName.BuiltInChains(name).Select(RuleChain.BuiltIn)]);

    /// <summary>The chain of that name, or null.</summary>
    public RuleChain? Find(string name) => Chains.FirstOrDefault(chain => chain.Name == name);
}
