namespace NatEngine.LoadTest.Reports;

/// <summary>What a table says of one figure on one system.</summary>
/// <param name="Value">Median and spread; a dash if it was not measured.</param>
/// <param name="Ratio">Median and spread of the ratio to the baseline; null for want of one.</param>
/// <param name="GeneratorLimited">True if the value may be the generator's rather than the system's.</param>
internal sealed record ReportCell(string Value, string? Ratio, bool GeneratorLimited)
{
    /// <summary>A figure that was not measured.</summary>
    public static ReportCell Missing { get; } = new("–", null, false);
}
