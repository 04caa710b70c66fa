using System.Collections.Generic;

namespace NatEngine.LoadTest.Results;

/// <summary>One figure, measured once, on one system.</summary>
/// <param name="System">The system that was measured.</param>
/// <param name="Repeat">In which round, from 1.</param>
/// <param name="Figure">The figure's name.</param>
/// <param name="Value">The value, in the figure's unit.</param>
/// <param name="Details">What else was seen meanwhile, of the system and of the machine, in units that the names say.
/// </param>
/// <param name="Remarks">What makes the value doubtful; empty if nothing does.</param>
internal sealed record Sample(
    string System,
    int Repeat,
    string Figure,
    double Value,
    IReadOnlyDictionary<string, double> Details,
    IReadOnlyList<string> Remarks);
