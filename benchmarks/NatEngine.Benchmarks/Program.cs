using System;
using System.Linq;
using System.Reflection;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using NatEngine.Benchmarks;
using Perfolizer.Horology;

// Arguments are BenchmarkDotNet's: --filter '*Parser*', --list flat, --artifacts DIR; and --full, which measures until
// it is sure. Every figure is per packet or session: 100 ns are 10 million a second on one core. Unless told otherwise
// an iteration is short and there are many: one that was interrupted says nothing about the code, and among many there
// are some that were not.
const string Full = "--full";
const string JobOption = "--job";
bool isFull = args.Contains(Full);
string[] arguments = [.. args.Where(argument => argument != Full)];
IConfig config = DefaultConfig.Instance
    .AddColumn(StatisticColumn.Median, StatisticColumn.Min, new PacketRateColumn(), new AboveBaselineColumn())
    .HideColumns(Column.RatioSD)
    .AddExporter(JsonExporter.Brief)
    .WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(60)) // a layout's name, a batch's
    .WithBuildTimeout(TimeSpan.FromMinutes(10));
if (!isFull && !arguments.Contains(JobOption))
{
    config = config.AddJob(
        Job.Default
            .WithWarmupCount(20) // a second: until then the runtime is still compiling
            .WithIterationCount(30)
            .WithIterationTime(TimeInterval.FromMilliseconds(50))
            .WithEnvironmentVariable("DOTNET_TC_CallCountingDelayMs", "10")); // as the host, see its project file
}

BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(arguments, config);
