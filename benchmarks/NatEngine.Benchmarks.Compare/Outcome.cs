namespace NatEngine.Benchmarks.Compare;

/// <summary>How a benchmark has done.</summary>
internal enum Outcome
{
    /// <summary>No difference beyond the threshold and the noise.</summary>
    Same,

    /// <summary>Faster by more than that.</summary>
    Faster,

    /// <summary>Slower by more than that.</summary>
    Slower,

    /// <summary>Allocates more, be it an octet.</summary>
    AllocatesMore,

    /// <summary>Only the baseline has it.</summary>
    Missing,

    /// <summary>The baseline does not have it.</summary>
    New,
}
