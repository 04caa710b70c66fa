namespace NatEngine.Benchmarks.Translation;

/// <summary>Whose packets come next.</summary>
public enum Arrivals
{
    /// <summary>Every session's as often as any other's, and none again before all have had their turn: the worst that
    /// can happen to a cache.</summary>
    Uniform,

    /// <summary>The k-th most frequent session's 1/k as often as the most frequent one's: what networks see.</summary>
    Zipf,
}
