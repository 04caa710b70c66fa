using System;
using System.Collections.Generic;

namespace NatEngine.Rules.Comparing;

/// <summary>Which rules of a chain are the same before and after a change: a longest sequence of rules that both have
/// in the same order.</summary>
/// <remarks>Myers, An O(ND) Difference Algorithm (1986): costs grow with what changed, not with the square of the
/// chain.</remarks>
internal static class RuleAlignment
{
    // Beyond so many changes the chains have little in common, and what they have is not worth the time.
    private const int MaxChanges = 2_000;

    /// <summary>For each rule of <paramref name="after"/> the place of the same rule in <paramref name="before"/>, or
    /// -1.</summary>
    internal static int[] Align(IReadOnlyList<Rule> before, IReadOnlyList<Rule> after)
    {
        (int[] old, int[] changed) = Numbered(before, after);
        int[] places = new int[changed.Length];
        Array.Fill(places, -1);

        int head = 0;
        while (head < old.Length && head < changed.Length && old[head] == changed[head])
        {
            places[head] = head++;
        }

        int tail = 0;
        while (tail < old.Length - head && tail < changed.Length - head && old[^(tail + 1)] == changed[^(tail + 1)])
        {
            tail++;
            places[changed.Length - tail] = old.Length - tail;
        }

        Middle(old.AsSpan(head..^tail), changed.AsSpan(head..^tail), head, places);
        return places;
    }

    // Rules are the same if they are written the same, so each text gets a number, and numbers are compared.
    private static (int[] Before, int[] After) Numbered(IReadOnlyList<Rule> before, IReadOnlyList<Rule> after)
    {
        Dictionary<string, int> numbers = [];
        int[] Of(IReadOnlyList<Rule> rules)
        {
            int[] numbered = new int[rules.Count];
            for (int i = 0; i < numbered.Length; i++)
            {
                string text = rules[i].ToString();
                numbers.TryAdd(text, numbers.Count);
                numbered[i] = numbers[text];
            }

            return numbered;
        }

        return (Of(before), Of(after));
    }

    private static void Middle(ReadOnlySpan<int> old, ReadOnlySpan<int> changed, int offset, int[] places)
    {
        int most = Math.Min(old.Length + changed.Length, MaxChanges);
        List<int[]> trace = [];
        int[] furthest = new int[(2 * most) + 3];
        for (int changes = 0; changes <= most; changes++)
        {
            trace.Add(furthest[(most + 1 - changes - 1)..(most + 1 + changes + 2)]);
            for (int diagonal = -changes; diagonal <= changes; diagonal += 2)
            {
                int at = most + 1 + diagonal;
                bool isInsertion = diagonal == -changes
                    || (diagonal != changes && furthest[at - 1] < furthest[at + 1]);
                int x = isInsertion ? furthest[at + 1] : furthest[at - 1] + 1;
                while (x < old.Length && x - diagonal < changed.Length && old[x] == changed[x - diagonal])
                {
                    x++;
                }

                furthest[at] = x;
                if (x >= old.Length && x - diagonal >= changed.Length)
                {
                    WalkBack(trace, old.Length, changed.Length, offset, places);
                    return;
                }
            }
        }
    }

    // trace[d] holds the furthest points before step d, for the diagonals from -d - 1 to d + 1.
    private static void WalkBack(List<int[]> trace, int x, int y, int offset, int[] places)
    {
        for (int changes = trace.Count - 1; changes >= 0; changes--)
        {
            int[] furthest = trace[changes];
            int diagonal = x - y;
            int at = diagonal + changes + 1;
            bool isInsertion = diagonal == -changes
                || (diagonal != changes && furthest[at - 1] < furthest[at + 1]);
            int previousX = furthest[isInsertion ? at + 1 : at - 1];
            int previousY = previousX - (isInsertion ? diagonal + 1 : diagonal - 1);
            while (x > previousX && y > previousY)
            {
                places[offset + --y] = offset + --x;
            }

            (x, y) = (previousX, previousY);
        }
    }
}
