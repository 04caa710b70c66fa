using System;
using BenchmarkDotNet.Attributes;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Benchmarks.Translation;

/// <summary>A session opened and ended, with a mapping and a port of its own, when so many of the 64,512 ports of the one
/// external address are in use. The cost must not depend on it.</summary>
[MemoryDiagnoser]
public class NewSessionBenchmarks
{
    private const int Batch = 32;
    private const int Ports = 64_512;

    private readonly PacketFacts[] _first = new PacketFacts[Batch];
    private readonly Verdict[] _verdicts = new Verdict[Batch];
    private Translator? _translator;

    [Params(0.1, 0.99, 0.999)]
    public double Used { get; set; }

    [GlobalSetup]
    public void UsePorts()
    {
        _translator = SampleTranslators.Make(Ports, addresses: 1);
        int used = (int)(Ports * Used);
        for (int session = 0; session < used; session++)
        {
            _translator.Translate([SampleTranslators.Outbound(session)], Realm.Internal, Timestamp.Zero, _verdicts);
        }

        for (int index = 0; index < Batch; index++)
        {
            _first[index] = SampleTranslators.Outbound(Ports + (index * 997));
        }
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public int OpenAndEnd()
    {
        _translator!.Translate(_first, Realm.Internal, Timestamp.Zero, _verdicts);
        int ended = 0;
        foreach (ref PacketFacts packet in _first.AsSpan())
        {
            ended += _translator.Delete(packet.Tuple) ? 1 : 0;
        }

        return ended;
    }

    [GlobalCleanup]
    public void Check()
    {
        int used = (int)(Ports * Used);
        if (OpenAndEnd() != Batch || _translator!.SessionCount != used || _translator.MappingCount != used)
        {
            throw new InvalidOperationException($"{_translator!.MappingCount} mappings, not {used}.");
        }

        _translator.Dispose();
    }
}
