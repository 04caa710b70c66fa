using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using BenchmarkDotNet.Attributes;
using NatEngine.Pipeline;

namespace NatEngine.Benchmarks.Pipeline;

/// <summary>The whole gateway running by itself between two links in memory: what a layout costs and what its threads
/// bring, on the cores that there are.</summary>
/// <remarks>Nanoseconds of wall time per packet. With fewer cores than threads a layout pays for being switched
/// between; the system's clock is read for every batch, as in earnest.</remarks>
[MemoryDiagnoser]
public class LayoutBenchmarks
{
    private const int Sessions = 1_024;
    private const int Packets = 1 << 19;

    private BenchmarkGateway? _gateway;

    /// <summary>Which stages share a thread.</summary>
    [ParamsSource(nameof(Layouts))]
    public string Layout { get; set; } = "";

    public static IEnumerable<string> Layouts => PipelineLayout.All.Select(layout => layout.ToString());

    [GlobalSetup]
    public void Start()
    {
        if (!PipelineLayout.TryParse(Layout, out PipelineLayout layout, out string? error))
        {
            throw new InvalidOperationException(error);
        }

        _gateway = BenchmarkGateway.Running(Sessions, layout);
    }

    [Benchmark(OperationsPerInvoke = Packets)]
    public void Forward()
    {
        long start = Stopwatch.GetTimestamp();
        long target = _gateway!.Servers.Transmitted + Packets;
        while (_gateway.Servers.Transmitted < target)
        {
            Thread.Sleep(1);
            if (Stopwatch.GetElapsedTime(start) > BenchmarkGateway.Patience || _gateway.IsHalted)
            {
                throw new InvalidOperationException($"The gateway has come to a halt. {_gateway.Drops()}");
            }
        }
    }

    [GlobalCleanup]
    public void Check()
    {
        _gateway!.Dispose();
        _gateway.Servers.Check();
    }
}
