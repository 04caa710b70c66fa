namespace NatEngine.Translation.Policy;

/// <summary>What was found out about a session.</summary>
/// <param name="Outcome">What would become of it.</param>
/// <param name="Decider">The rule, or the end of the chain, that would have it so; null if all stays.</param>
public readonly record struct SessionReview(ReviewOutcome Outcome, RuleLocation? Decider);
