namespace NatEngine.Rules.Reading;

/// <summary>An option as it stands in a rule.</summary>
/// <param name="Option">Which.</param>
/// <param name="Word">Its own word.</param>
/// <param name="IsNegated">True after <c>!</c>.</param>
/// <param name="Values">The words that follow.</param>
internal readonly record struct OptionUse(OptionGrammar Option, Word Word, bool IsNegated, Word[] Values);
