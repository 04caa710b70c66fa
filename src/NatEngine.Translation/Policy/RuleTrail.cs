namespace NatEngine.Translation.Policy;

/// <summary>Notes every rule that is asked.</summary>
internal readonly struct RuleTrail(HookTrail trail) : IRuleTrace
{
    /// <inheritdoc/>
    public void Asked(int place, int misfit, in RuleSubject subject)
        => trail.Asked.Add(new AskedRule(place, misfit, subject.Mark));
}
