using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace NatEngine.Translation.Tests.Tables;

/// <summary>What the kernel says of this process's memory.</summary>
internal static class ResidentMemory
{
    /// <summary>Octets that are really there.</summary>
    public static long Octets => Sum("/proc/self/smaps_rollup", "Rss:");

    /// <summary>Octets of address space for which huge pages were asked.</summary>
    public static long OnHugePagesIfPossible()
    {
        long octets = 0;
        long size = 0;
        foreach (string line in File.ReadLines("/proc/self/smaps"))
        {
            size = line.StartsWith("Size:", StringComparison.Ordinal) ? ValueOf(line) : size;
            bool isAsked = line.StartsWith("VmFlags:", StringComparison.Ordinal) && line.Split(' ').Contains("hg");
            octets += isAsked ? size : 0;
        }

        return octets;
    }

    private static long Sum(string file, string key)
        => File.ReadLines(file).Where(line => line.StartsWith(key, StringComparison.Ordinal)).Sum(ValueOf);

    // "Rss:        12345 kB"
    private static long ValueOf(string line)
        => 1024 * long.Parse(
            line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], NumberStyles.None, CultureInfo.InvariantCulture);
}
