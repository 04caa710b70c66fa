using NatEngine.LoadTest.Measurements;

namespace NatEngine.LoadTest.Results;

/// <summary>What one curve came to on one system, over all repeats.</summary>
/// <param name="System">The system.</param>
/// <param name="Repeats">How many repeats there were.</param>
/// <param name="Curve">At each place the median of the repeats, and their lowest and highest as the band. With one
/// repeat, that one.</param>
internal sealed record CurveSummary(string System, int Repeats, Curve Curve);
