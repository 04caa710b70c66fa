namespace NatEngine.LoadTest.Reports.Differences;

/// <summary>One figure on one system, in two results.</summary>
/// <param name="System">The system.</param>
/// <param name="Title">The figure, as reports call it.</param>
/// <param name="Unit">What its values are in.</param>
/// <param name="Before">The median of the first result, null if it does not have one.</param>
/// <param name="After">The median of the second.</param>
/// <param name="Verdict">What becomes of it.</param>
/// <param name="Why">What the verdict rests on.</param>
internal sealed record FigureDifference(
    string System, string Title, string Unit, double? Before, double? After, Verdict Verdict, string Why)
{
    /// <summary>How the second compares with the first; null if they cannot be divided.</summary>
    public double? Ratio => Before is > 0 && After is { } after ? after / Before : null;
}
