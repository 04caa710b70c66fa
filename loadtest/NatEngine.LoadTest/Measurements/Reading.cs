using System.Collections.Generic;

namespace NatEngine.LoadTest.Measurements;

/// <summary>One figure as it was just measured.</summary>
/// <param name="Figure">Which.</param>
/// <param name="Value">The value, in the figure's unit.</param>
/// <param name="Details">What else was seen, in units that the names say.</param>
/// <param name="Remarks">What makes the value doubtful.</param>
internal sealed record Reading(
    Figure Figure, double Value, IReadOnlyDictionary<string, double> Details, IReadOnlyList<string> Remarks);
