using NatEngine.Rules;

namespace NatEngine.Translation.Policy;

/// <summary>A rule that means nothing in this gateway, or cannot be had here.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Message">Why.</param>
public sealed record RuleRefusal(Rule Rule, string Message);
