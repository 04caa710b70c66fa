namespace NatEngine.Translation.Policy;

/// <summary>A condition of a rule that is not among the common ones of <see cref="CompiledRule"/>.</summary>
/// <returns>True if the packet fits.</returns>
internal delegate bool RuleTest(ref RuleSubject subject);
