using System;
using System.Collections.Generic;
using System.Linq;

namespace NatEngine.Rules.Reading;

/// <summary>An option of a match or target: its names, and what follows it.</summary>
/// <param name="Name">The name that iptables-save writes.</param>
internal sealed record OptionGrammar(string Name)
{
    /// <summary>Other names for the same.</summary>
    internal IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>How many words follow.</summary>
    internal int Values { get; init; } = 1;

    /// <summary>True if it may stand after <c>!</c>.</summary>
    internal bool IsNegatable { get; init; }

    /// <summary>Why it is not supported; null if it is.</summary>
    internal string? Refusal { get; init; }

    /// <summary>True if <paramref name="text"/> is one of the names.</summary>
    internal bool IsNamed(string text) => text == Name || Aliases.Contains(text);

    /// <summary>True if one of the long names begins with <paramref name="text"/>: getopt_long takes that for it if no
    /// other option's does.</summary>
    internal bool IsAbbreviatedBy(string text) => Begins(Name, text) || Aliases.Any(alias => Begins(alias, text));

    private static bool Begins(string name, string text)
        => name.StartsWith(text, StringComparison.Ordinal) && text.Length > 2;
}
