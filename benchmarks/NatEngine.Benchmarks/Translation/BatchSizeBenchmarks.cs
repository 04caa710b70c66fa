using System;
using BenchmarkDotNet.Attributes;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Benchmarks.Translation;

/// <summary>What asking for memory in advance is worth: the same 64 packets in batches of different size, where the
/// tables are far larger than the caches.</summary>
[MemoryDiagnoser]
public class BatchSizeBenchmarks
{
    private const int Sessions = 1_048_576;
    private const int Packets = 64;

    private readonly Verdict[] _verdicts = new Verdict[Packets];
    private PacketFacts[] _outbound = [];
    private Translator? _translator;
    private int _next;

    /// <summary>How many packets are judged together.</summary>
    [Params(1, 8, 32, 64)]
    public int Batch { get; set; }

    [GlobalSetup]
    public void OpenSessions()
    {
        _translator = Traffic.NewTranslator(Sessions);
        _outbound = Traffic.Outbound(Sessions);
        Traffic.Establish(_translator, _outbound);
    }

    [Benchmark(OperationsPerInvoke = Packets)]
    public void Translate()
    {
        ReadOnlySpan<PacketFacts> packets = _outbound.AsSpan(_next, Packets);
        for (int first = 0; first < Packets; first += Batch)
        {
            _translator!.Translate(
                packets.Slice(first, Batch), Realm.Internal, Traffic.Now, _verdicts.AsSpan(first, Batch));
        }

        _next = (_next + Packets) % Sessions;
    }

    [GlobalCleanup]
    public void Check()
    {
        Traffic.RequireForwarded(_verdicts);
        _translator!.Dispose();
    }
}
