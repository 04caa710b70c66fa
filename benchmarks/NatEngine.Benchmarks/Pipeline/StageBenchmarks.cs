using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using NatEngine.Pipeline;

namespace NatEngine.Benchmarks.Pipeline;

/// <summary>A packet's whole way on one thread, and the ways up to each stage: the difference of two is a stage's cost.
/// </summary>
/// <remarks>The ring has a frame for each session: with 64 of them the octets stay in the first cache, with 1,000 they
/// are as far away as a real ring's.</remarks>
[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001", Justification = "The global cleanup disposes.")]
public class StageBenchmarks
{
    private const int Batch = 64;
    private const int WarmUp = 4096;

    private BenchmarkGateway _gateway = null!;
    private IReadOnlyList<IStage> _stages = null!;
    private PacketBatch _batch = null!;

    [Params(64, 1_000)]
    public int Sessions { get; set; }

    [GlobalSetup]
    public void OpenSessions()
    {
        _gateway = new BenchmarkGateway(PipelineLayout.RunToCompletion, Sessions);
        _stages = _gateway.Pipeline.Stages;
        _batch = _gateway.Pipeline.Batches[0];
        for (int batch = 0; batch < WarmUp; batch++)
        {
            WholeWay();
        }
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public void Receive() => Pass(1);

    [Benchmark(OperationsPerInvoke = Batch)]
    public void ReceiveToLookup() => Pass(2);

    [Benchmark(OperationsPerInvoke = Batch)]
    public void ReceiveToRewrite() => Pass(3);

    [Benchmark(OperationsPerInvoke = Batch)]
    public void ReceiveToChecksum() => Pass(4);

    [Benchmark(OperationsPerInvoke = Batch)]
    public void WholeWay()
    {
        for (int stage = 0; stage < _stages.Count; stage++)
        {
            _stages[stage].Process(_batch);
        }
    }

    [GlobalCleanup]
    public void Check()
    {
        _gateway.Check();
        _gateway.Dispose();
    }

    // Up to a stage; then the frames are left alone, and the last stage gives them back.
    private void Pass(int stages)
    {
        for (int stage = 0; stage < stages; stage++)
        {
            _stages[stage].Process(_batch);
        }

        _batch.Departures.Clear();
        _stages[^1].Process(_batch);
    }
}
