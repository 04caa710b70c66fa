namespace NatEngine.Translation.Policy;

/// <summary>Remembers which rule applied last: of a walk that has ended, the one that ended it.</summary>
internal struct LastFit : IRuleTrace
{
    /// <summary>Its place.</summary>
    public int Place { get; private set; }

    /// <inheritdoc/>
    public void Asked(int place, int misfit, in RuleSubject subject)
        => Place = misfit == RuleProgram.Fits ? place : Place;
}
