using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using NatEngine.Pipeline;

namespace NatEngine.Benchmarks.Pipeline;

/// <summary>A running gateway, layout by layout: the time from one packet to the next, which is its throughput.
/// </summary>
/// <remarks>Says nothing without as many idle processors as the layout has threads.</remarks>
[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001", Justification = "The global cleanup disposes.")]
public class LayoutBenchmarks
{
    private const int Packets = 1 << 20;

    private readonly CancellationTokenSource _stop = new();
    private BenchmarkGateway _gateway = null!;
    private Task _running = Task.CompletedTask;

    public static IEnumerable<string> Layouts => PipelineLayout.All.Select(layout => layout.ToString());

    [ParamsSource(nameof(Layouts))]
    public string Layout { get; set; } = "";

    [GlobalSetup]
    public void Start()
    {
        _ = PipelineLayout.TryParse(Layout, out PipelineLayout layout, out _);
        _gateway = new BenchmarkGateway(layout, sessions: 1_000);
        _running = _gateway.Pipeline.RunAsync(_stop.Token);
        Forward(); // opens the sessions
    }

    [Benchmark(OperationsPerInvoke = Packets)]
    public void Forward()
    {
        long end = _gateway.Sink.Transmitted + Packets;
        while (_gateway.Sink.Transmitted < end && !_running.IsCompleted)
        {
            Thread.Sleep(1); // beside some hundred milliseconds
        }
    }

    [GlobalCleanup]
    public void Stop()
    {
        _stop.Cancel();
        _running.GetAwaiter().GetResult();
        _gateway.Check();
        _gateway.Dispose();
        _stop.Dispose();
    }
}
