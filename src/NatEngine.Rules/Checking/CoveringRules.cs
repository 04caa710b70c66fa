using System.Collections.Generic;

namespace NatEngine.Rules.Checking;

/// <summary>The rules of a chain so far that decide about each packet that fits them, to be asked whether one of them
/// covers a later rule.</summary>
/// <remarks>Ten thousand rules are not compared with each other: a rule that covers another one shares its leading bits
/// at every shape there is, so that it is found by those (tuple space search, Srinivasan, Suri and Varghese 1999). Of
/// many rules with equal bits only the first <see cref="MaxCompared"/> are compared; a warning may be missed.</remarks>
internal sealed class CoveringRules
{
    private const int MaxCompared = 64;

    private readonly Dictionary<RegionShape, int> _shapes = [];
    private readonly Dictionary<(int, (uint, uint, uint, uint)), List<(Rule, RuleRegion)>> _rules = [];

    internal void Add(Rule rule, RuleRegion region)
    {
        RegionShape shape = RegionShape.Of(region);
        _shapes.TryAdd(shape, _shapes.Count);
        (int, (uint, uint, uint, uint)) key = (_shapes[shape], shape.KeyOf(region));
        if (!_rules.TryGetValue(key, out List<(Rule, RuleRegion)>? equal))
        {
            _rules.Add(key, equal = []);
        }

        if (equal.Count < MaxCompared)
        {
            equal.Add((rule, region));
        }
    }

    /// <summary>A rule that every packet fits which fits <paramref name="region"/>; null if none is known.</summary>
    internal Rule? Find(RuleRegion region)
    {
        RegionShape wanted = RegionShape.Of(region);
        foreach ((RegionShape shape, int number) in _shapes)
        {
            if (!shape.MayCover(wanted)
                || !_rules.TryGetValue((number, shape.KeyOf(region)), out List<(Rule, RuleRegion)>? candidates))
            {
                continue;
            }

            foreach ((Rule rule, RuleRegion candidate) in candidates)
            {
                if (candidate.Covers(region))
                {
                    return rule;
                }
            }
        }

        return null;
    }
}
