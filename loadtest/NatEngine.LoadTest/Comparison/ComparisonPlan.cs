using System.Collections.Generic;
using NatEngine.LoadTest.Measurements;

namespace NatEngine.LoadTest.Comparison;

/// <summary>What is to be measured, and at whose command.</summary>
/// <param name="Command">The command as it is typed, such as "compare" or "rfc9693 throughput".</param>
/// <param name="Measurements">In the order in which they are made; at least one, no two of the same name.</param>
internal sealed record ComparisonPlan(string Command, IReadOnlyList<IMeasurement> Measurements)
{
    /// <summary>Options of the command's own, name and value as they would be typed, for the results.</summary>
    public IReadOnlyDictionary<string, string> OwnOptions { get; init; } = new Dictionary<string, string>();
}
