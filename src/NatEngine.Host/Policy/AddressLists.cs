using System;
using System.Collections.Generic;
using System.IO;
using System.Numerics;
using NatEngine.Packets;
using NatEngine.Rules;
using NatEngine.Rules.Matches;

namespace NatEngine.Host.Policy;

/// <summary>The lists of <c>-m set</c>: of each a file beside the rules, <c>NAME.set</c>, with an address, a prefix or
/// a range <c>A-B</c> a line. What follows a <c>#</c> is a comment.</summary>
internal static class AddressLists
{
    /// <summary>Reads the lists that rules name.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="rulesPath">Their file.</param>
    /// <param name="source">What findings call their text.</param>
    /// <param name="findings">Receives what is wrong with a list.</param>
    internal static Dictionary<string, IReadOnlyList<IPv4Prefix>> Read(
        RuleSet rules, string rulesPath, string source, ICollection<Finding> findings)
    {
        Dictionary<string, IReadOnlyList<IPv4Prefix>> lists = [];
        foreach ((_, _, Rule rule) in rules.AllRules())
        {
            for (int match = 0; match < rule.Matches.Count; match++)
            {
                if (rule.Matches[match] is SetMatch set && !lists.ContainsKey(set.Set.Value))
                {
                    string name = set.Set.Value;
                    lists.Add(name, Read(name, rulesPath, source, WordOf(rule, match), findings));
                }
            }
        }

        return lists;
    }

    private static List<IPv4Prefix> Read(
        string name, string rulesPath, string source, Word word, ICollection<Finding> findings)
    {
        if (name.Contains('/', StringComparison.Ordinal))
        {
            findings.Add(new Finding(
                FindingSeverity.Error, source, word, $"list {name}: the name of a list is a file's, without '/'"));
            return [];
        }

        string path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(rulesPath))!, name + ".set");
        try
        {
            return Parse(File.ReadAllLines(path), path, findings);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            findings.Add(new Finding(FindingSeverity.Error, source, word, $"list {name}: {error.Message}"));
            return [];
        }
    }

    private static List<IPv4Prefix> Parse(string[] lines, string path, ICollection<Finding> findings)
    {
        List<IPv4Prefix> prefixes = [];
        for (int number = 1; number <= lines.Length; number++)
        {
            string entry = lines[number - 1].Split('#')[0].Trim();
            if (entry.Length > 0 && !TryAdd(entry, prefixes))
            {
                int column = lines[number - 1].IndexOf(entry, StringComparison.Ordinal) + 1;
                findings.Add(new Finding(
                    FindingSeverity.Error,
                    path,
                    new Word(entry, number, column),
                    "is not an IPv4 address, a prefix with no bit set beyond its length, or a range FIRST-LAST"));
            }
        }

        return prefixes;
    }

    private static bool TryAdd(string entry, List<IPv4Prefix> prefixes)
    {
        if (IPv4Prefix.TryParse(entry, out IPv4Prefix prefix))
        {
            prefixes.Add(prefix);
            return true;
        }

        int dash = entry.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0
            || !IPv4Address.TryParse(entry.AsSpan(0, dash).Trim(), out IPv4Address first)
            || !IPv4Address.TryParse(entry.AsSpan(dash + 1).Trim(), out IPv4Address last)
            || first > last)
        {
            return false;
        }

        prefixes.AddRange(Cover(first.Value, last.Value));
        return true;
    }

    // The largest block that begins where the rest begins, and does not go beyond its end; then the rest of that.
    private static IEnumerable<IPv4Prefix> Cover(ulong first, ulong last)
    {
        while (first <= last)
        {
            int aligned = first == 0 ? 32 : BitOperations.TrailingZeroCount(first);
            int fitting = BitOperations.Log2(last - first + 1);
            int free = Math.Min(aligned, fitting);
            yield return new IPv4Prefix(new IPv4Address((uint)first), 32 - free);
            first += 1UL << free;
        }
    }

    private static Word WordOf(Rule rule, int match)
    {
        IReadOnlyList<Word> words = rule.Place?.MatchWords ?? [];
        return match < words.Count ? words[match] : new Word("set", rule.Place?.Line ?? 1, rule.Place?.Column ?? 1);
    }
}
