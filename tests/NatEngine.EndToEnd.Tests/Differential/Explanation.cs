namespace NatEngine.EndToEnd.Tests.Differential;

/// <summary>Why natengine does not do what the kernel does. A row of the table in docs/rfc-compliance.md.</summary>
/// <param name="Scenario">The scenario; null for any.</param>
/// <param name="Step">What was sent; null for anything.</param>
/// <param name="Field">The field; <see cref="Difference.Packets"/> for what came out at all.</param>
/// <param name="Ours">What natengine makes of it; null for whatever.</param>
/// <param name="Theirs">What the kernel makes of it; null for whatever.</param>
/// <param name="Reason">Why.</param>
internal sealed record Explanation(
    string? Scenario, string? Step, string Field, string? Ours, string? Theirs, string Reason)
{
    /// <summary>Whether it is about a difference.</summary>
    public bool Explains(Difference difference)
        => (Scenario is null || Scenario == difference.Scenario)
            && (Step is null || Step == difference.Step)
            && Field == difference.Field
            && (Ours is null || Ours == difference.Ours)
            && (Theirs is null || Theirs == difference.Theirs);
}
