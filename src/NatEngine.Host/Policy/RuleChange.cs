using System.Collections.Generic;
using NatEngine.Rules;

namespace NatEngine.Host.Policy;

/// <summary>What came of a change of rules.</summary>
internal sealed record RuleChange
{
    /// <summary>False if the rules cannot be used; then nothing has changed.</summary>
    internal required bool IsDone { get; init; }

    /// <summary>What is to be said of the new rules.</summary>
    internal required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The rules that went and those that came.</summary>
    internal IReadOnlyList<string> Difference { get; init; } = [];

    /// <summary>The sessions that the new rules would not have as they are, if somebody asked.</summary>
    internal IReadOnlyList<ReviewGroup> Review { get; init; } = [];

    /// <summary>How many sessions were ended.</summary>
    internal int Ended { get; init; }
}
