using System.Collections.Generic;
using System.Linq;
using NatEngine.Translation;

namespace NatEngine.Host.Planning;

/// <summary>Arithmetic of sets of ports.</summary>
internal static class PortRanges
{
    /// <summary>What is left of a range, lowest first, when others are taken out of it.</summary>
    internal static IReadOnlyList<PortRange> Without(PortRange range, IEnumerable<PortRange> excluded)
    {
        List<PortRange> left = [];
        int next = range.First;
        foreach (PortRange hole in excluded.OrderBy(hole => hole.First))
        {
            if (hole.First > range.Last)
            {
                break;
            }

            if (hole.First > next)
            {
                left.Add(new PortRange((ushort)next, (ushort)(hole.First - 1)));
            }

            next = int.Max(next, hole.Last + 1);
        }

        if (next <= range.Last)
        {
            left.Add(new PortRange((ushort)next, range.Last));
        }

        return left;
    }

    /// <summary>The same ports as ranges that neither overlap nor touch, lowest first.</summary>
    internal static IReadOnlyList<PortRange> Merge(IEnumerable<PortRange> ranges)
    {
        List<PortRange> merged = [];
        foreach (PortRange range in ranges.OrderBy(range => range.First))
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last + 1)
            {
                PortRange last = merged[^1];
                merged[^1] = new PortRange(last.First, ushort.Max(last.Last, range.Last));
            }
            else
            {
                merged.Add(range);
            }
        }

        return merged;
    }
}
