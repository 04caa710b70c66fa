using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;

namespace NatEngine.Host.Explaining;

/// <summary>Reads reasons to drop, and says which was meant.</summary>
internal static class ReasonWords
{
    private const int Shown = 3;

    private static readonly DropReason[] All =
        [.. Enum.GetValues<DropReason>().Where(reason => reason != DropReason.None)];

    /// <summary>Reads one, however its letters are written.</summary>
    internal static bool TryRead(string word, out DropReason reason)
    {
        reason = All.FirstOrDefault(one => one.ToString().Equals(word, StringComparison.OrdinalIgnoreCase));
        return reason != DropReason.None;
    }

    /// <summary>The reasons whose names are the most like a word.</summary>
    internal static IReadOnlyList<DropReason> Nearest(string word)
        => [.. All.OrderBy(reason => Distance(word.ToUpperInvariant(), reason.ToString().ToUpperInvariant()))
            .Take(Shown)];

    // Levenshtein's, but that letters which follow at the end cost little: the beginning of a name means the name.
    private static double Distance(string word, string name)
    {
        double[] row = [.. Enumerable.Range(0, name.Length + 1).Select(column => (double)column)];
        for (int at = 1; at <= word.Length; at++)
        {
            double diagonal = row[0];
            row[0] = at;
            for (int column = 1; column <= name.Length; column++)
            {
                double replaced = diagonal + (word[at - 1] == name[column - 1] ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(replaced, Math.Min(row[column], row[column - 1]) + 1);
            }
        }

        return row.Select((distance, column) => distance + (0.1 * (name.Length - column))).Min();
    }
}
