using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using BenchmarkDotNet.Attributes;
using NatEngine.Pipeline;

namespace NatEngine.Benchmarks.Pipeline;

/// <summary>Several whole gateways side by side, each on a thread of its own between two links in memory: what lanes
/// can bring at most on the cores that there are, without what the kernel does for them.</summary>
/// <remarks>Nanoseconds of wall time per packet of all lanes together: two lanes on two idle cores need half as many as
/// one, as far as caches and memory are not what they share after all.</remarks>
public class LaneBenchmarks
{
    private const int SessionsOfEach = 1_024;
    private const int Packets = 1 << 19;

    private BenchmarkGateway[] _lanes = [];

    /// <summary>How many.</summary>
    [Params(1, 2, 4)]
    public int Lanes { get; set; }

    [GlobalSetup]
    public void Start() => _lanes =
    [
        .. Enumerable.Range(0, Lanes)
            .Select(_ => BenchmarkGateway.Running(SessionsOfEach, PipelineLayout.RunToCompletion)),
    ];

    [Benchmark(OperationsPerInvoke = Packets)]
    public void Forward()
    {
        long start = Stopwatch.GetTimestamp();
        long target = Transmitted() + Packets;
        while (Transmitted() < target)
        {
            Thread.Sleep(1);
            if (Stopwatch.GetElapsedTime(start) > BenchmarkGateway.Patience || Array.Exists(_lanes, IsHalted))
            {
                throw new InvalidOperationException("A lane has come to a halt.");
            }
        }
    }

    [GlobalCleanup]
    public void Check()
    {
        foreach (BenchmarkGateway lane in _lanes)
        {
            lane.Dispose();
            lane.Servers.Check();
        }
    }

    private static bool IsHalted(BenchmarkGateway lane) => lane.IsHalted;

    private long Transmitted()
    {
        long sum = 0;
        foreach (BenchmarkGateway lane in _lanes)
        {
            sum += lane.Servers.Transmitted;
        }

        return sum;
    }
}
