namespace NatEngine.Translation.Policy;

/// <summary>A rule that was asked.</summary>
/// <param name="Place">Where it stands in its program.</param>
/// <param name="Misfit"><see cref="RuleProgram.Fits"/>, or what did not fit: <see cref="RuleProgram.FoldedMisfit"/>, or
/// the number of a test.</param>
/// <param name="Mark">The packet's mark when it was asked.</param>
internal readonly record struct AskedRule(int Place, int Misfit, uint Mark);
