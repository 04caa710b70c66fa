using System.Collections.Generic;

namespace NatEngine.LoadTest.Measurements;

/// <summary>All that came of measuring once.</summary>
/// <param name="Readings">A reading for each figure that could be had; the measurement's first figure first.</param>
internal sealed record Outcome(IReadOnlyList<Reading> Readings)
{
    /// <summary>What was measured as a function of something; empty if nothing was.</summary>
    public IReadOnlyList<Curve> Curves { get; init; } = [];

    /// <summary>Whole sentences with figures in them that say what was found, such as what limited the system. They
    /// stand in the report behind the system's name.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];
}
