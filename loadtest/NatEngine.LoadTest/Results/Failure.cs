namespace NatEngine.LoadTest.Results;

/// <summary>Something that was to be measured and could not be.</summary>
/// <param name="System">The system under test.</param>
/// <param name="Repeat">In which round, from 1.</param>
/// <param name="Step">What was being done: "set up", or a measurement's name.</param>
/// <param name="Message">What went wrong, for a person to read.</param>
internal sealed record Failure(string System, int Repeat, string Step, string Message);
