using System;
using BenchmarkDotNet.Attributes;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Benchmarks.Translation;

/// <summary>Judging packets of sessions that exist, a batch of 64 at a time, each packet of another session: what
/// remains of the caches when there are many.</summary>
[MemoryDiagnoser]
public class SessionLookupBenchmarks
{
    private const int Batch = 64;

    private readonly Verdict[] _verdicts = new Verdict[Batch];
    private PacketFacts[] _outbound = [];
    private PacketFacts[] _inbound = [];
    private Translator? _translator;
    private int _next;

    /// <summary>How many sessions there are.</summary>
    [Params(1_024, 65_536, 1_048_576)]
    public int Sessions { get; set; }

    [GlobalSetup]
    public void OpenSessions()
    {
        _translator = Traffic.NewTranslator(Sessions);
        _outbound = Traffic.Outbound(Sessions);
        _inbound = Traffic.Establish(_translator, _outbound);
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public void Outbound() => Translate(_outbound, Realm.Internal);

    [Benchmark(OperationsPerInvoke = Batch)]
    public void Inbound() => Translate(_inbound, Realm.External);

    [GlobalCleanup]
    public void Check()
    {
        Traffic.RequireForwarded(_verdicts);
        if (_translator!.SessionCount != Sessions || _translator.Counters.SessionsCreated != Sessions)
        {
            throw new InvalidOperationException($"There are {_translator.SessionCount} sessions, not {Sessions}.");
        }

        _translator.Dispose();
    }

    private void Translate(PacketFacts[] packets, Realm ingress)
    {
        _translator!.Translate(packets.AsSpan(_next, Batch), ingress, Traffic.Now, _verdicts);
        _next = (_next + Batch) % packets.Length;
    }
}
