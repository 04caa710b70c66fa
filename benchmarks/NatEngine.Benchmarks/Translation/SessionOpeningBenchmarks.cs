using System;
using BenchmarkDotNet.Attributes;
using NatEngine.Benchmarks.Packets;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Benchmarks.Translation;

/// <summary>Opening sessions and mappings on one external address whose ports are nearly all taken, then ending them
/// again, so that the fill stays. Every new mapping asks for a port that is taken and gets another.</summary>
/// <remarks>One operation is one session opened and ended: a gateway has as many ends as beginnings.</remarks>
[MemoryDiagnoser]
public class SessionOpeningBenchmarks
{
    private const int FirstPort = 1024;
    private const int Ports = 65_536 - FirstPort;
    private const int Batch = 32;

    private readonly PacketFacts[] _openings = new PacketFacts[Batch];
    private readonly Verdict[] _verdicts = new Verdict[Batch];
    private Translator? _translator;
    private int _standing;

    /// <summary>How many of the address's ports are taken, in percent.</summary>
    [Params(10.0, 99.0, 99.9)]
    public double Fill { get; set; }

    [GlobalSetup]
    public void TakePorts()
    {
        _translator = Traffic.NewTranslator(sessions: 1, random: new CryptographicRandom()); // as in production
        _standing = (int)(Ports * Fill / 100);
        byte[] buffer = new byte[SampleFrames.UdpLength];
        PacketFacts[] standing = new PacketFacts[_standing];
        for (int index = 0; index < _standing; index++)
        {
            TransportAddress client = SampleFrames.Client with { Port = (ushort)(FirstPort + index) };
            standing[index] = Traffic.Udp(client, SampleFrames.Server, buffer);
        }

        Traffic.Establish(_translator, standing);
        IPv4Address newcomer = new(SampleFrames.Client.Address.Value + 1);
        for (int index = 0; index < Batch; index++)
        {
            TransportAddress client = new(newcomer, (ushort)(FirstPort + (index * (_standing / Batch))));
            _openings[index] = Traffic.Udp(client, SampleFrames.Server, buffer);
        }
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public void OpenAndDelete()
    {
        _translator!.Translate(_openings, Realm.Internal, Traffic.Now, _verdicts);
        for (int index = 0; index < Batch; index++)
        {
            _translator.Delete(_openings[index].Tuple);
        }
    }

    [GlobalCleanup]
    public void Check()
    {
        Traffic.RequireForwarded(_verdicts);
        for (int index = 0; index < Batch; index++)
        {
            if (_verdicts[index].Rewrite.Source.Port == _openings[index].Tuple.Source.Port)
            {
                throw new InvalidOperationException("A port that was taken was given away again.");
            }
        }

        if (_translator!.SessionCount != _standing || _translator.MappingCount != _standing)
        {
            throw new InvalidOperationException($"{_translator.SessionCount} sessions are left, not {_standing}.");
        }

        _translator.Dispose();
    }
}
