using NatEngine.LoadTest.Measurements;

namespace NatEngine.LoadTest.Results;

/// <summary>One curve, measured once, on one system.</summary>
/// <param name="System">The system that was measured.</param>
/// <param name="Repeat">In which round, from 1.</param>
/// <param name="Curve">The curve.</param>
internal sealed record CurveSample(string System, int Repeat, Curve Curve);
