using System;
using BenchmarkDotNet.Attributes;
using NatEngine.Pipeline;

namespace NatEngine.Benchmarks.Pipeline;

/// <summary>A packet's way in memory, on one thread: up to and including each stage. What a stage costs is the
/// difference to the line above it.</summary>
[MemoryDiagnoser]
public class StageBenchmarks
{
    private const int Batch = BenchmarkGateway.BatchSize;

    private readonly PacketBatch _batch = new(Batch, new DropLog());
    private IStage[] _stages = [];
    private BenchmarkGateway? _gateway;

    /// <summary>How many sessions the packets belong to, each packet to another.</summary>
    [Params(1_024, 65_536, 1_048_576)]
    public int Sessions { get; set; }

    [GlobalSetup]
    public void Establish()
    {
        _gateway = BenchmarkGateway.ByHand(Sessions);
        _stages = [.. _gateway.Pipeline.Stages];

        // Twice round: the router is learnt on the way, and every session learns its next hop.
        for (int packet = 0; packet < 2 * Sessions; packet += Batch)
        {
            WholeWay();
        }
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public void Receive() => Through(stages: 1);

    [Benchmark(OperationsPerInvoke = Batch)]
    public void ReceiveToLookup() => Through(stages: 2);

    [Benchmark(OperationsPerInvoke = Batch)]
    public void ReceiveToRewrite() => Through(stages: 3);

    [Benchmark(OperationsPerInvoke = Batch)]
    public void ReceiveToChecksum() => Through(stages: 4);

    [Benchmark(OperationsPerInvoke = Batch)]
    public void WholeWay()
    {
        foreach (IStage stage in _stages)
        {
            stage.Process(_batch);
        }
    }

    [GlobalCleanup]
    public void Check()
    {
        long before = _gateway!.Servers.Transmitted;
        WholeWay();
        WholeWay();
        long forwarded = _gateway.Servers.Transmitted - before;
        if (forwarded != 2 * Batch)
        {
            throw new InvalidOperationException($"{forwarded} of {2 * Batch} packets were forwarded.");
        }

        _gateway.Servers.Check();
        _gateway.Dispose();
    }

    private void Through(int stages)
    {
        for (int stage = 0; stage < stages; stage++)
        {
            _stages[stage].Process(_batch);
        }

        _gateway!.Clients.Release(_batch.ReceivedFrames);
        _batch.Clear();
    }
}
