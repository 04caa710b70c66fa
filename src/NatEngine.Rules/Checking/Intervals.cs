using System;
using System.Collections.Generic;

namespace NatEngine.Rules.Checking;

/// <summary>A set of numbers, as ranges in ascending order that do not touch.</summary>
internal sealed class Intervals
{
    private readonly List<(uint First, uint Last)> _ranges;

    private Intervals(List<(uint First, uint Last)> ranges) => _ranges = ranges;

    internal bool IsEmpty => _ranges.Count == 0;

    /// <summary>The least member; there must be one.</summary>
    internal uint Least => _ranges[0].First;

    /// <summary>The greatest member; there must be one.</summary>
    internal uint Greatest => _ranges[^1].Last;

    internal static Intervals Of(uint first, uint last) => new([(first, last)]);

    /// <summary>The union of ranges in any order.</summary>
    internal static Intervals Of(IEnumerable<(uint First, uint Last)> ranges)
    {
        List<(uint First, uint Last)> sorted = [.. ranges];
        sorted.Sort();
        List<(uint First, uint Last)> merged = [];
        foreach ((uint first, uint last) in sorted)
        {
            if (merged.Count > 0 && first <= (ulong)merged[^1].Last + 1)
            {
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, last));
            }
            else
            {
                merged.Add((first, last));
            }
        }

        return new Intervals(merged);
    }

    /// <summary>What of 0 to <paramref name="greatest"/> is not in the set.</summary>
    internal Intervals Complement(uint greatest)
    {
        List<(uint, uint)> gaps = [];
        ulong next = 0;
        foreach ((uint first, uint last) in _ranges)
        {
            if (first > next)
            {
                gaps.Add(((uint)next, first - 1));
            }

            next = (ulong)last + 1;
        }

        if (next <= greatest)
        {
            gaps.Add(((uint)next, greatest));
        }

        return new Intervals(gaps);
    }

    internal Intervals Intersection(Intervals other)
    {
        List<(uint, uint)> common = [];
        for (int i = 0, j = 0; i < _ranges.Count && j < other._ranges.Count;)
        {
            uint first = Math.Max(_ranges[i].First, other._ranges[j].First);
            uint last = Math.Min(_ranges[i].Last, other._ranges[j].Last);
            if (first <= last)
            {
                common.Add((first, last));
            }

            if (_ranges[i].Last < other._ranges[j].Last)
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return new Intervals(common);
    }

    internal bool Contains(Intervals other)
    {
        int i = 0;
        foreach ((uint first, uint last) in other._ranges)
        {
            while (i < _ranges.Count && _ranges[i].Last < first)
            {
                i++;
            }

            if (i == _ranges.Count || _ranges[i].First > first || _ranges[i].Last < last)
            {
                return false;
            }
        }

        return true;
    }

    internal bool Overlaps(Intervals other) => !Intersection(other).IsEmpty;
}
