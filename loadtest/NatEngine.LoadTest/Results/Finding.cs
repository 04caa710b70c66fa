namespace NatEngine.LoadTest.Results;

/// <summary>Something that a measurement found out, for a person to read.</summary>
/// <param name="System">The system that was measured.</param>
/// <param name="Repeat">In which round, from 1.</param>
/// <param name="Measurement">The measurement's name.</param>
/// <param name="Sentence">What was found, with its figures.</param>
internal sealed record Finding(string System, int Repeat, string Measurement, string Sentence);
