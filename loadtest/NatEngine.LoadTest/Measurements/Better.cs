namespace NatEngine.LoadTest.Measurements;

/// <summary>Which way a figure improves.</summary>
internal enum Better
{
    /// <summary>More is better: a rate.</summary>
    Higher,

    /// <summary>Less is better: a delay.</summary>
    Lower,
}
