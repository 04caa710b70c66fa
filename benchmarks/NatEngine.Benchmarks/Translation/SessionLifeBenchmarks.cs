using System;
using BenchmarkDotNet.Attributes;
using NatEngine.Benchmarks.Packets;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Benchmarks.Translation;

/// <summary>How a session begins and ends, apart: opened with its mapping and port by its first packet, collected when
/// its time is over, ended by an operator. Beside others, which fill the caches' place.</summary>
/// <remarks>One iteration is <see cref="Newcomers"/> sessions, in batches of 64; what undoes them is not measured. Time
/// is what the caller says it is.</remarks>
[MemoryDiagnoser]
public class SessionLifeBenchmarks
{
    private const int Newcomers = 32_768;
    private const int Batch = 64;

    private readonly PacketFacts[] _openings = new PacketFacts[Newcomers];
    private readonly Verdict[] _verdicts = new Verdict[Batch];
    private readonly TimeSpan _lifetime = TimeSpan.FromSeconds(1);
    private Translator? _translator;
    private Timestamp _now = Traffic.Now;

    /// <summary>How many sessions stay.</summary>
    [Params(0, 65_536, 1_048_576)]
    public int Standing { get; set; }

    [GlobalSetup]
    public void OpenStanding()
    {
        TimerOptions timers = new() { Udp = TimeSpan.FromDays(20), UdpUnreplied = _lifetime };
        _translator = Traffic.NewTranslator(Standing + Newcomers, timers, new CryptographicRandom());
        Traffic.Establish(_translator, Standing);

        // What was armed for the short time that a session has until it is answered is armed anew.
        _now = _now.Add(2 * _lifetime);
        _ = _translator.Expire(_now, int.MaxValue);
        Span<byte> buffer = stackalloc byte[SampleFrames.UdpLength];
        for (int index = 0; index < Newcomers; index++)
        {
            _openings[index] = Traffic.Udp(Traffic.Client(Standing + index), SampleFrames.Server, buffer);
        }

        new Random(4).Shuffle(_openings);
    }

    [IterationSetup(Target = nameof(Create))]
    public void Leave() => Delete();

    [IterationSetup(Targets = [nameof(Expire), nameof(Delete)])]
    public void Enter()
    {
        Delete();
        Create();
    }

    [Benchmark(OperationsPerInvoke = Newcomers)]
    public void Create()
    {
        for (int first = 0; first < Newcomers; first += Batch)
        {
            _translator!.Translate(_openings.AsSpan(first, Batch), Realm.Internal, _now, _verdicts);
        }
    }

    [Benchmark(OperationsPerInvoke = Newcomers)]
    public int Expire()
    {
        _now = _now.Add(2 * _lifetime);
        int ended = 0;
        for (int first = 0; first < Newcomers; first += Batch)
        {
            ended += _translator!.Expire(_now, Batch);
        }

        return ended;
    }

    [Benchmark(OperationsPerInvoke = Newcomers)]
    public void Delete()
    {
        foreach (PacketFacts opening in _openings)
        {
            _ = _translator!.Delete(opening.Tuple);
        }
    }

    [GlobalCleanup]
    public void Check()
    {
        Enter();
        Traffic.RequireForwarded(_verdicts);
        int ended = Expire();
        if (ended != Newcomers || _translator!.SessionCount != Standing)
        {
            throw new InvalidOperationException($"{ended} of {Newcomers} ended, {_translator!.SessionCount} are left.");
        }

        _translator.Dispose();
    }
}
