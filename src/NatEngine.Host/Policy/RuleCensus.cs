using System.Linq;
using NatEngine.Rules;

namespace NatEngine.Host.Policy;

/// <summary>How many rules there are.</summary>
/// <param name="Nat">Of table nat, in chains that packets can come to.</param>
/// <param name="Filter">The same of table filter.</param>
/// <param name="Kept">Others: about the host's own packets.</param>
internal readonly record struct RuleCensus(int Nat, int Filter, int Kept)
{
    /// <summary>Those that packets may be held against.</summary>
    internal int Asked => Nat + Filter;

    /// <summary>Counts.</summary>
    internal static RuleCensus Of(RuleSet rules)
    {
        int nat = Asking(rules.Nat);
        int filter = Asking(rules.Filter);
        return new RuleCensus(nat, filter, rules.AllRules().Count() - nat - filter);
    }

    private static int Asking(RuleTable table) => table.Chains
        .Where(chain => !chain.IsBuiltIn || TableName.IsOurs(table.Name, chain.Name))
        .Sum(chain => chain.Rules.Count);
}
