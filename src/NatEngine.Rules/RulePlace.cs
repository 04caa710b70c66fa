using System.Collections.Generic;

namespace NatEngine.Rules;

/// <summary>Where a rule stands in its text.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column of its first word, from 1.</param>
public sealed record RulePlace(int Line, int Column)
{
    /// <summary>For each match, the place of the word that asked for it.</summary>
    public IReadOnlyList<Word> MatchWords { get; init; } = [];

    /// <summary>The word after <c>-j</c> or <c>-g</c>; default if there is none.</summary>
    public Word TargetWord { get; init; }

    /// <summary>What is not supported in a rule that is kept verbatim.</summary>
    public IReadOnlyList<Finding> Unsupported { get; init; } = [];
}
