using System;
using BenchmarkDotNet.Attributes;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Benchmarks.Translation;

/// <summary>A packet of a known session, in batches of 64, half of them outbound: the sessions in random order, so that
/// with a million of them every packet finds its memory cold.</summary>
[MemoryDiagnoser]
public class EstablishedBenchmarks
{
    private const int Batch = 64;
    private const int Batches = 1024;

    private readonly PacketFacts[] _outbound = new PacketFacts[Batch * Batches];
    private readonly PacketFacts[] _inbound = new PacketFacts[Batch * Batches];
    private readonly Verdict[] _verdicts = new Verdict[Batch];
    private Translator? _translator;
    private int _next;

    [Params(1_000, 65_536, 1_000_000)]
    public int Sessions { get; set; }

    [GlobalSetup]
    public void OpenSessions()
    {
        _translator = SampleTranslators.Make(Sessions);
        for (int session = 0; session < Sessions; session++)
        {
            PacketFacts first = SampleTranslators.Outbound(session);
            _translator.Translate([first], Realm.Internal, Timestamp.Zero, _verdicts);
            _translator.Translate(
                [SampleTranslators.AnswerTo(_verdicts[0])], Realm.External, Timestamp.Zero, _verdicts);
            _translator.Translate([first], Realm.Internal, Timestamp.Zero, _verdicts);
        }

        Random random = new(1);
        for (int index = 0; index < _outbound.Length; index++)
        {
            _outbound[index] = SampleTranslators.Outbound(random.Next(Sessions));
            _translator.Translate(
                [SampleTranslators.Outbound(random.Next(Sessions))], Realm.Internal, Timestamp.Zero, _verdicts);
            _inbound[index] = SampleTranslators.AnswerTo(_verdicts[0]);
        }
    }

    [Benchmark(OperationsPerInvoke = 2 * Batch)]
    public void Translate()
    {
        int first = _next++ % Batches * Batch;
        _translator!.Translate(_outbound.AsSpan(first, Batch), Realm.Internal, Timestamp.Zero, _verdicts);
        _translator.Translate(_inbound.AsSpan(first, Batch), Realm.External, Timestamp.Zero, _verdicts);
    }

    [GlobalCleanup]
    public void Check()
    {
        Translate();
        int forwarded = 0;
        foreach (Verdict verdict in _verdicts)
        {
            forwarded += verdict.Kind == VerdictKind.Forward && verdict.Egress == Realm.Internal ? 1 : 0;
        }

        if (forwarded != Batch || _translator!.SessionCount != Sessions)
        {
            throw new InvalidOperationException($"{forwarded} of {Batch} forwarded.");
        }

        _translator.Dispose();
    }
}
