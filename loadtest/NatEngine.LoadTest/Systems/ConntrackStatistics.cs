using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NatEngine.LoadTest.Systems;

/// <summary>Reads <c>/proc/net/stat/nf_conntrack</c>: a line of names, then a line of hexadecimal numbers for each
/// processor. It is what <c>conntrack --stats</c> shows.</summary>
internal static class ConntrackStatistics
{
    // Masquerade that finds no free port is insert_failed or drop: which, depends on whether the kernel gave up looking
    // or lost the race for what it had found.
    private static readonly string[] Dropping = ["drop", "early_drop", "insert_failed"];

    /// <summary>How many packets connection tracking dropped, for want of room or of a free port, by reason.</summary>
    public static IReadOnlyDictionary<string, long> Drops(string text)
    {
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] names = lines.Length == 0 ? [] : lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Dictionary<string, long> drops = Dropping.ToDictionary(reason => reason, _ => 0L);
        foreach (string line in lines.AsSpan(Math.Min(1, lines.Length)))
        {
            string[] values = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (int column = 0; column < Math.Min(names.Length, values.Length); column++)
            {
                if (drops.TryGetValue(names[column], out long sum))
                {
                    drops[names[column]] = sum
                        + long.Parse(values[column], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                }
            }
        }

        return drops;
    }

    /// <summary>Reads from <c>/proc/slabinfo</c> what the kernel's session entries take up, in octets, those of every
    /// namespace and those that are set aside included.</summary>
    /// <returns>Null if the kernel does not say.</returns>
    public static long? Octets(string slabs)
    {
        // slabinfo(5): "nf_conntrack <active_objs> <num_objs> <objsize> …".
        string[]? fields = slabs.Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(parts => parts.Length > 3 && parts[0] == "nf_conntrack");
        return fields is null
            ? null
            : long.Parse(fields[2], CultureInfo.InvariantCulture) * long.Parse(fields[3], CultureInfo.InvariantCulture);
    }
}
