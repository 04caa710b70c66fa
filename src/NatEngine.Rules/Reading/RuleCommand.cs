using System.Collections.Generic;

namespace NatEngine.Rules.Reading;

/// <summary>A command as it was read.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Word">Its word.</param>
internal sealed record RuleCommand(CommandKind Kind, Word Word)
{
    /// <summary>The table; null if the command names none.</summary>
    internal Word? Table { get; init; }

    /// <summary>The chain; null for all.</summary>
    internal Word? Chain { get; init; }

    /// <summary>The rule's number in its chain, from 1, or 0 if it could not be read; null if none was given.</summary>
    internal int? Number { get; init; }

    /// <summary>The word after the chain: a number, a policy, or another name.</summary>
    internal Word Second { get; init; }

    /// <summary>The rules: several if addresses were listed.</summary>
    internal IReadOnlyList<Rule> Rules { get; init; } = [];
}
