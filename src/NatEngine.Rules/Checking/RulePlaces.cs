namespace NatEngine.Rules.Checking;

/// <summary>The words of a rule that findings are about.</summary>
internal static class RulePlaces
{
    /// <summary>The word that asked for a match; the match itself if the rule was not read from a text.</summary>
    internal static Word MatchWord(this Rule rule, int match) => rule.Place is { } place
        ? place.MatchWords[match]
        : new Word(rule.Matches[match].ToString() ?? "", 1, 1);

    /// <summary>The first word of the rule.</summary>
    internal static Word FirstWord(this Rule rule) => rule.Place is { } place
        ? new Word("-A", place.Line, place.Column)
        : new Word(rule.ToString(), 1, 1);

    /// <summary>The word after <c>-j</c> or <c>-g</c>.</summary>
    internal static Word TargetWord(this Rule rule) => rule.Place is { TargetWord.Text: not null } place
        ? place.TargetWord
        : new Word(rule.Target?.Name ?? "", rule.Place?.Line ?? 1, rule.Place?.Column ?? 1);
}
