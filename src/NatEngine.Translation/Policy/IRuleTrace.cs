namespace NatEngine.Translation.Policy;

/// <summary>Watches rules being asked.</summary>
internal interface IRuleTrace
{
    /// <summary>A rule was asked.</summary>
    /// <param name="place">Where it stands.</param>
    /// <param name="misfit"><see cref="RuleProgram.Fits"/>, or what did not fit:
    /// <see cref="RuleProgram.FoldedMisfit"/>, or the number of a test.</param>
    /// <param name="subject">What it was asked about.</param>
    void Asked(int place, int misfit, in RuleSubject subject);
}
