using System;
using System.Threading;
using BenchmarkDotNet.Attributes;
using NatEngine.Pipeline;
using NatEngine.Pipeline.Placement;

namespace NatEngine.Benchmarks.Pipeline;

/// <summary>Handing a batch from one thread to the next: per batch, not per packet; a full one has 64.</summary>
[MemoryDiagnoser]
public class ChannelHopBenchmarks
{
    private const int Hops = 1_024;

    private readonly PacketBatch _batch = new(BenchmarkGateway.BatchSize, new DropLog());
    private BatchQueue? _there;
    private BatchQueue? _back;
    private Thread? _echo;
    private long _echoed;
    private long _expected;

    /// <summary>How long the reader looks before it sleeps, in microseconds: 0 is what a wake-up costs.</summary>
    [Params(0, 20)]
    public int Spin { get; set; }

    [GlobalSetup]
    public void Start()
    {
        _there = new BatchQueue(capacity: 1, TimeSpan.FromMicroseconds(Spin));
        _back = new BatchQueue(capacity: 1, TimeSpan.FromMicroseconds(Spin));
        _echo = new Thread(Echo) { IsBackground = true };
        _echo.Start();
    }

    /// <summary>One thread, no waiting: what the channel itself costs.</summary>
    [Benchmark(OperationsPerInvoke = Hops)]
    public void PutAndTake()
    {
        for (int hop = 0; hop < Hops; hop++)
        {
            _back!.Put(_batch);
            _ = _back.Take(out _);
        }
    }

    /// <summary>Two threads that wait for each other at every hop: the latency of one.</summary>
    [Benchmark(OperationsPerInvoke = Hops)]
    public void Hop()
    {
        for (int hop = 0; hop < Hops; hop += 2)
        {
            _there!.Put(_batch);
            _ = _back!.Take(out _);
        }

        _expected += Hops / 2;
    }

    [GlobalCleanup]
    public void Check()
    {
        _there!.Complete();
        _echo!.Join();
        if (_echoed != _expected)
        {
            throw new InvalidOperationException($"{_echoed} batches came back, not {_expected}.");
        }
    }

    private void Echo()
    {
        while (_there!.Take(out PacketBatch? batch))
        {
            _echoed++;
            _back!.Put(batch);
        }
    }
}
