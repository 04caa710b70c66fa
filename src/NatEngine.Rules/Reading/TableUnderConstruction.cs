using System.Collections.Generic;
using System.Linq;

namespace NatEngine.Rules.Reading;

/// <summary>A table that commands still change.</summary>
internal sealed class TableUnderConstruction
{
    private readonly Dictionary<string, ChainUnderConstruction> _byName = [];
    private readonly List<ChainUnderConstruction> _chains = [];

    internal TableUnderConstruction(RuleTable table)
    {
        Name = table.Name;
        foreach (RuleChain chain in table.Chains)
        {
            Add(chain);
        }
    }

    internal string Name { get; }

    internal IReadOnlyList<ChainUnderConstruction> Chains => _chains;

    internal ChainUnderConstruction? Find(string name) => _byName.GetValueOrDefault(name);

    internal ChainUnderConstruction Add(RuleChain chain)
    {
        ChainUnderConstruction added = new(chain);
        _byName.Add(chain.Name, added);
        _chains.Add(added);
        return added;
    }

    internal void Remove(ChainUnderConstruction chain)
    {
        _byName.Remove(chain.Name);
        _chains.Remove(chain);
    }

    internal void Rename(ChainUnderConstruction chain, string name)
    {
        _byName.Remove(chain.Name);
        chain.Name = name;
        _byName.Add(name, chain);
    }

    internal RuleTable ToTable() => new(Name, [.. _chains.Select(chain => chain.ToChain())]);
}
