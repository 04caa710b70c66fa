namespace NatEngine.Translation.Policy;

/// <summary>Watches rules being asked.</summary>
internal interface IRuleTrace
{
    /// <summary>The rule in <paramref name="place"/> was asked.</summary>
    void Asked(int place, bool fitted);
}
