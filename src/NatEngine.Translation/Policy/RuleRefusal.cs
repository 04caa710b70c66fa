using NatEngine.Rules;

namespace NatEngine.Translation.Policy;

/// <summary>A rule that means nothing in this gateway, or cannot be had here.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Message">Why.</param>
/// <param name="Match">The condition that cannot be had; null if it is the target.</param>
public sealed record RuleRefusal(Rule Rule, string Message, IRuleMatch? Match = null);
