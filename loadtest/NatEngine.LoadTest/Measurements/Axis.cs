namespace NatEngine.LoadTest.Measurements;

/// <summary>One axis of a curve.</summary>
/// <param name="Label">What is along it.</param>
/// <param name="Unit">The unit of the values, spelled out; a report writes "2 M" for 2,000,000.</param>
/// <param name="Logarithmic">Whether equal ratios are equally far apart; values must then be more than 0.</param>
internal sealed record Axis(string Label, string Unit, bool Logarithmic = false);
