using System.Reflection;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using NatEngine.Benchmarks;

// Arguments are BenchmarkDotNet's: --filter '*Parser*', --job short, --list flat, --artifacts DIR.
// Every figure is per packet: 100 ns are 10 million packets a second on one core.
IConfig config = DefaultConfig.Instance
    .AddColumn(new PacketRateColumn())
    .AddExporter(JsonExporter.Full)
    .WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(40)); // a layout's name
BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args, config);
