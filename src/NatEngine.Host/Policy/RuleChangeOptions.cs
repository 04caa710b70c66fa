namespace NatEngine.Host.Policy;

/// <summary>What is to be done about a change of rules.</summary>
internal readonly record struct RuleChangeOptions
{
    /// <summary>Whether only to look at what would come of it.</summary>
    internal bool IsDryRun { get; init; }

    /// <summary>Whether to end the sessions that the new rules would not have as they are.</summary>
    internal bool KillsChanged { get; init; }

    /// <summary>Whether to write the new rules to the file.</summary>
    internal bool Saves { get; init; }
}
