using System;
using System.Reflection;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using NatEngine.Benchmarks;

// Arguments are BenchmarkDotNet's: --filter '*Parser*', --job short, --list flat, --artifacts DIR.
// Every figure is per packet: 100 ns are 10 million packets a second on one core. On a machine that is shared, ask for
// many short iterations (--iterationTime 5 --iterationCount 200 --warmupCount 50) and read the least: an iteration that
// was interrupted says nothing about the code.
IConfig config = DefaultConfig.Instance
    .AddColumn(StatisticColumn.Median, StatisticColumn.Min, new PacketRateColumn())
    .AddExporter(JsonExporter.Full)
    .WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(40)) // a layout's name
    .WithBuildTimeout(TimeSpan.FromMinutes(10));
BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args, config);
