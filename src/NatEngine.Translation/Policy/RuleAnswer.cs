namespace NatEngine.Translation.Policy;

/// <summary>What a hook's rules decided.</summary>
/// <param name="Action">One that decides: from <see cref="RuleAction.Accept"/> on.</param>
/// <param name="Operand">The target that the action needs.</param>
internal readonly record struct RuleAnswer(RuleAction Action, int Operand);
