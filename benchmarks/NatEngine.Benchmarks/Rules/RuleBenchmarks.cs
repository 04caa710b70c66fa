using System;
using System.Text;
using BenchmarkDotNet.Attributes;
using NatEngine.Benchmarks.Packets;
using NatEngine.Benchmarks.Translation;
using NatEngine.Packets;
using NatEngine.Rules;
using NatEngine.Translation;
using NatEngine.Translation.Policy;

namespace NatEngine.Benchmarks.Rules;

/// <summary>What rules cost: to load, for the first packet of a session, which no rule but the last fits, and for those
/// after it.</summary>
[MemoryDiagnoser]
public class RuleBenchmarks
{
    private const int Batch = 32;

    private readonly PacketFacts[] _openings = new PacketFacts[Batch];
    private readonly PacketFacts[] _established = new PacketFacts[Batch];
    private readonly Verdict[] _verdicts = new Verdict[Batch];
    private string _text = "";
    private Translator? _translator;

    /// <summary>How many rules FORWARD has; 0 for a gateway without any rules.</summary>
    [Params(0, 10, 100, 1_000, 10_000)]
    public int Rules { get; set; }

    [GlobalSetup]
    public void OpenSessions()
    {
        _text = TextOf(Rules);
        _translator = NewTranslator(Rules == 0 ? null : Load());
        byte[] buffer = new byte[SampleFrames.UdpLength];
        for (int index = 0; index < Batch; index++)
        {
            _established[index] = Traffic.Udp(Traffic.Client(index), SampleFrames.Server, buffer);
            _openings[index] = Traffic.Udp(Traffic.Client(4096 + index), SampleFrames.Server, buffer);
        }

        Traffic.Establish(_translator, _established);
    }

    /// <summary>Reads the text and compiles it.</summary>
    [Benchmark]
    public RuleProgram Load()
    {
        RuleReading reading = RuleFile.Read(_text, "benchmark");
        return RuleProgram.TryCompile(reading.Rules, Surroundings(), out _)
            ?? throw new InvalidOperationException("The rules are refused.");
    }

    /// <summary>A session opened and ended.</summary>
    [Benchmark(OperationsPerInvoke = Batch)]
    public void FirstPacket()
    {
        _translator!.Translate(_openings, Realm.Internal, Traffic.Now, _verdicts);
        for (int index = 0; index < Batch; index++)
        {
            _translator.Delete(_openings[index].Tuple);
        }
    }

    /// <summary>A packet of a session that the rules have let through.</summary>
    [Benchmark(OperationsPerInvoke = Batch)]
    public void EstablishedPacket()
        => _translator!.Translate(_established, Realm.Internal, Traffic.Now, _verdicts);

    [GlobalCleanup]
    public void Check()
    {
        _translator!.Translate(_openings, Realm.Internal, Traffic.Now, _verdicts);
        Traffic.RequireForwarded(_verdicts);
        _translator.Translate(_established, Realm.Internal, Traffic.Now, _verdicts);
        Traffic.RequireForwarded(_verdicts);
        _translator.Dispose();
    }

    private static Translator NewTranslator(RuleProgram? rules) => new(
        new TranslationOptions
        {
            ExternalAddresses = Traffic.ExternalAddresses(sessions: 1),
            MaxSessions = 65_536,
            Rules = rules,
        },
        new Random(1));

    private static RuleSurroundings Surroundings() => new()
    {
        InternalInterface = "lan0",
        ExternalInterface = "wan0",
        ExternalAddresses = Traffic.ExternalAddresses(sessions: 1),
        Ports = new NatEngine.Translation.PortRange(1024, 65535),
    };

    // As a list of hosts that may not be reached, and at its end all the others, who may answer.
    private static string TextOf(int rules)
    {
        StringBuilder text = new("*nat\n-A POSTROUTING -o wan0 -j MASQUERADE\nCOMMIT\n*filter\n:FORWARD DROP [0:0]\n");
        for (int rule = 0; rule < rules - 1; rule++)
        {
            IPv4Address host = new(IPv4Address.Parse("198.18.0.0").Value + (uint)rule);
            text.Append("-A FORWARD -d ").Append(host).Append("/32 -p udp -m udp --dport 443 -j DROP\n");
        }

        return text.Append("-A FORWARD -j ACCEPT\nCOMMIT\n").ToString();
    }
}
