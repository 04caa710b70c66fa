using System;
using BenchmarkDotNet.Attributes;
using NatEngine.Benchmarks.Packets;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Benchmarks.Translation;

/// <summary>Refusing packets that no session has: what a flood from outside costs while 65,536 sessions live.</summary>
[MemoryDiagnoser]
public class RefusalBenchmarks
{
    private const int Sessions = 65_536;
    private const int Batch = 64;

    private readonly PacketFacts[] _unmapped = new PacketFacts[Sessions];
    private readonly PacketFacts[] _strangers = new PacketFacts[Sessions];
    private readonly Verdict[] _verdicts = new Verdict[Batch];
    private Translator? _translator;
    private DropReason _expected;
    private int _next;

    [GlobalSetup]
    public void OpenSessions()
    {
        _translator = Traffic.NewTranslator(Sessions);
        PacketFacts[] inbound = Traffic.Establish(_translator, Traffic.Outbound(Sessions));
        byte[] buffer = new byte[SampleFrames.UdpLength];
        IPv4Address external = Traffic.ExternalAddresses(Sessions)[0];
        for (int index = 0; index < Sessions; index++)
        {
            TransportAddress stranger = new(SampleFrames.Server.Address, (ushort)(1 + (index % 442)));
            _strangers[index] = Traffic.Udp(stranger, inbound[index].Tuple.Destination, buffer);
            _unmapped[index] = Traffic.Udp(stranger, new TransportAddress(external, (ushort)(index % 1024)), buffer);
        }
    }

    /// <summary>To a port that nobody has.</summary>
    [Benchmark(OperationsPerInvoke = Batch)]
    public void Unmapped() => Refuse(_unmapped, DropReason.NoMapping);

    /// <summary>To a port that somebody has, from one that it never sent to.</summary>
    [Benchmark(OperationsPerInvoke = Batch)]
    public void Filtered() => Refuse(_strangers, DropReason.Filtered);

    [GlobalCleanup]
    public void Check()
    {
        foreach (Verdict verdict in _verdicts)
        {
            if (verdict.Kind != VerdictKind.Drop || verdict.Reason != _expected)
            {
                throw new InvalidOperationException($"{verdict.Kind} for {verdict.Reason}, not {_expected}.");
            }
        }

        _translator!.Dispose();
    }

    private void Refuse(PacketFacts[] packets, DropReason expected)
    {
        _translator!.Translate(packets.AsSpan(_next, Batch), Realm.External, Traffic.Now, _verdicts);
        _next = (_next + Batch) % packets.Length;
        _expected = expected;
    }
}
