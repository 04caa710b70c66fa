namespace NatEngine.Translation.Policy;

/// <summary>Does not watch, at no cost.</summary>
internal readonly struct NoTrace : IRuleTrace
{
    /// <inheritdoc/>
    public void Asked(int place, int misfit, in RuleSubject subject)
    {
        // Nobody wants to know.
    }
}
