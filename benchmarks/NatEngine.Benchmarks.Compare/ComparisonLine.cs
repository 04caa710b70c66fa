using System.Globalization;

namespace NatEngine.Benchmarks.Compare;

/// <summary>One benchmark, before and after.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Outcome">What has become of it.</param>
/// <param name="Before">Nanoseconds of the baseline.</param>
/// <param name="After">Nanoseconds now.</param>
/// <param name="AllocatedBefore">Octets allocated for each operation in the baseline; null if not counted.</param>
/// <param name="AllocatedAfter">The same now.</param>
internal sealed record ComparisonLine(
    string Name, Outcome Outcome, double? Before, double? After, long? AllocatedBefore, long? AllocatedAfter)
{
    /// <summary>True if this is worse than it was.</summary>
    public bool IsRegression => Outcome is Outcome.Slower or Outcome.AllocatesMore;

    /// <summary>The row of a Markdown table.</summary>
    public string ToRow() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {TextOf(Outcome)} | {Name} | {Time(Before)} | {Time(After)} | {Ratio()} | {Octets()} |");

    private static string Time(double? nanoseconds)
        => nanoseconds?.ToString("N1", CultureInfo.InvariantCulture) ?? "-";

    private static string TextOf(Outcome outcome) => outcome switch
    {
        Outcome.AllocatesMore => "ALLOCATES MORE",
        Outcome.Slower => "SLOWER",
        Outcome.Faster => "faster",
        Outcome.Missing => "missing",
        Outcome.New => "new",
        _ => "same",
    };

    private string Ratio() => Before is > 0 && After is not null
        ? (After.Value / Before.Value).ToString("F2", CultureInfo.InvariantCulture)
        : "-";

    private string Octets() => AllocatedBefore == AllocatedAfter
        ? $"{AllocatedAfter}"
        : $"{AllocatedBefore?.ToString(CultureInfo.InvariantCulture) ?? "-"} → "
            + $"{AllocatedAfter?.ToString(CultureInfo.InvariantCulture) ?? "-"}";
}
