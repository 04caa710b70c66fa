namespace NatEngine.LoadTest.Comparison;

/// <summary>Something that a comparison is going to measure.</summary>
/// <param name="System">Of which system.</param>
/// <param name="Repeat">In which round, from 1.</param>
/// <param name="Measurement">The measurement's name.</param>
internal readonly record struct PlannedMeasurement(string System, int Repeat, string Measurement);
