using System.Globalization;
using System.Linq;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace NatEngine.Benchmarks;

/// <summary>The median as millions of operations per second on one core: 100 ns are 10 Mpps.</summary>
internal sealed class PacketRateColumn : IColumn
{
    public string Id => nameof(PacketRateColumn);

    public string ColumnName => "M/s";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => "Millions of operations per second on one core (1,000 / median in ns)";

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        double? nanoseconds = summary[benchmarkCase]?.ResultStatistics?.Median;
        return nanoseconds is > 0
            ? (1_000 / nanoseconds.Value).ToString("F1", CultureInfo.InvariantCulture)
            : "NA";
    }

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style)
        => GetValue(summary, benchmarkCase);

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase)
        => summary.Reports.All(report => report.ResultStatistics is null);

    public bool IsAvailable(Summary summary) => true;
}
