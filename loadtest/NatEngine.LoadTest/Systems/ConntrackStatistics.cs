using System;
using System.Globalization;

namespace NatEngine.LoadTest.Systems;

/// <summary>Reads <c>/proc/net/stat/nf_conntrack</c>: a line of names, then a line of hexadecimal numbers for each
/// processor.</summary>
internal static class ConntrackStatistics
{
    private static readonly string[] Dropping = ["drop", "early_drop", "insert_failed"];

    /// <summary>How many packets connection tracking dropped, for want of room or of a free port.</summary>
    public static long Drops(string text)
    {
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] names = lines.Length == 0 ? [] : lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        long drops = 0;
        foreach (string line in lines.AsSpan(Math.Min(1, lines.Length)))
        {
            string[] values = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (int column = 0; column < Math.Min(names.Length, values.Length); column++)
            {
                if (Array.IndexOf(Dropping, names[column]) >= 0)
                {
                    drops += long.Parse(values[column], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                }
            }
        }

        return drops;
    }
}
