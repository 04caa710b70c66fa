namespace NatEngine.LoadTest.Results;

/// <summary>What one figure came to on one system, over all repeats.</summary>
/// <param name="System">The system.</param>
/// <param name="Figure">The figure's name.</param>
/// <param name="Value">The values, in the figure's unit.</param>
/// <param name="Ratio">The values divided by the baseline system's in the same repeat; null for want of a baseline.
/// </param>
/// <param name="GeneratorLimited">True if the figure is a rate within 10 % of what the generator reaches with nothing
/// in between: the system may well be capable of more.</param>
internal sealed record FigureSummary(
    string System, string Figure, Summary Value, Summary? Ratio, bool GeneratorLimited);
