using System.Collections.Generic;

namespace NatEngine.LoadTest.Reports;

/// <summary>One figure on every system.</summary>
/// <param name="Title">The figure.</param>
/// <param name="Unit">What its values are in.</param>
/// <param name="Cells">One for each column.</param>
internal sealed record ReportRow(string Title, string Unit, IReadOnlyList<ReportCell> Cells);
