using System;
using BenchmarkDotNet.Attributes;
using NatEngine.Benchmarks.Packets;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Benchmarks.Translation;

/// <summary>Sessions that nobody answers: opened, and collected when their time is over.</summary>
/// <remarks>One operation is one session opened and expired. Time goes on as the sessions come and go: it is what the
/// caller says it is.</remarks>
[MemoryDiagnoser]
public class SessionExpiryBenchmarks
{
    private const int Batch = 64;

    private readonly PacketFacts[] _openings = new PacketFacts[Batch];
    private readonly Verdict[] _verdicts = new Verdict[Batch];
    private readonly TimeSpan _lifetime = TimeSpan.FromSeconds(1);
    private Translator? _translator;
    private Timestamp _now = Traffic.Now;
    private int _ended;

    [GlobalSetup]
    public void MakeOpenings()
    {
        _translator = Traffic.NewTranslator(sessions: 1, new TimerOptions { UdpUnreplied = _lifetime });
        byte[] buffer = new byte[SampleFrames.UdpLength];
        for (int index = 0; index < Batch; index++)
        {
            _openings[index] = Traffic.Udp(Traffic.Client(index), SampleFrames.Server, buffer);
        }
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public int OpenAndExpire()
    {
        _translator!.Translate(_openings, Realm.Internal, _now, _verdicts);
        _now = _now.Add(2 * _lifetime);
        return _ended = _translator.Expire(_now, limit: 2 * Batch);
    }

    [GlobalCleanup]
    public void Check()
    {
        Traffic.RequireForwarded(_verdicts);
        if (_ended != Batch || _translator!.SessionCount != 0)
        {
            throw new InvalidOperationException($"{_ended} sessions ended at once, not {Batch}.");
        }

        _translator.Dispose();
    }
}
