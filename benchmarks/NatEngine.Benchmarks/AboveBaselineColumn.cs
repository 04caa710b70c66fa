using System.Globalization;
using System.Linq;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace NatEngine.Benchmarks;

/// <summary>The median less that of the class's baseline with the same parameters, where the baseline is what has to be
/// done for a benchmark but is not what it is about.</summary>
internal sealed class AboveBaselineColumn : IColumn
{
    public string Id => nameof(AboveBaselineColumn);

    public string ColumnName => "Beyond";

    public bool AlwaysShow => false;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 1;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => "Median less the baseline's, in nanoseconds";

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        BenchmarkCase? baseline = BaselineOf(summary, benchmarkCase);
        double? own = summary[benchmarkCase]?.ResultStatistics?.Median;
        double? below = baseline is null ? null : summary[baseline]?.ResultStatistics?.Median;
        return own is null || below is null
            ? "NA"
            : (own.Value - below.Value).ToString("F1", CultureInfo.InvariantCulture);
    }

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style)
        => GetValue(summary, benchmarkCase);

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase)
        => BaselineOf(summary, benchmarkCase) is null;

    public bool IsAvailable(Summary summary) => summary.BenchmarksCases.Any(one => one.Descriptor.Baseline);

    private static BenchmarkCase? BaselineOf(Summary summary, BenchmarkCase benchmarkCase)
        => summary.BenchmarksCases.FirstOrDefault(one => one.Descriptor.Baseline
            && one.Descriptor.Type == benchmarkCase.Descriptor.Type
            && one.Parameters.DisplayInfo == benchmarkCase.Parameters.DisplayInfo);
}
