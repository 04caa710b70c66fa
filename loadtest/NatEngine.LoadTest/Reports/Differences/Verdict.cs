namespace NatEngine.LoadTest.Reports.Differences;

/// <summary>What becomes of a figure from one result to another.</summary>
internal enum Verdict
{
    /// <summary>No difference that goes beyond the threshold and the spread of the repeats.</summary>
    Same,

    /// <summary>It is better, by more than the threshold.</summary>
    Better,

    /// <summary>It is worse, by more than the threshold.</summary>
    Worse,

    /// <summary>One of the results does not have it, or it cannot be divided by.</summary>
    NotComparable,
}
