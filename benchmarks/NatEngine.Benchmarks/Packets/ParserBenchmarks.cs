using System;
using BenchmarkDotNet.Attributes;
using NatEngine.Packets;

namespace NatEngine.Benchmarks.Packets;

/// <summary>Reading a frame: offsets, tuple, the IPv4 header's checksum; the whole message's in an ICMP error. The
/// length of a frame makes no difference otherwise.</summary>
[MemoryDiagnoser]
public class ParserBenchmarks
{
    private const int Batch = 64;

    private readonly byte[][] _tcp = new byte[Batch][];
    private readonly byte[][] _udp = new byte[Batch][];
    private readonly byte[][] _icmpErrors = new byte[Batch][];
    private readonly PacketFacts[] _facts = new PacketFacts[Batch];
    private int _parsed;

    [GlobalSetup]
    public void MakeFrames()
    {
        for (int index = 0; index < Batch; index++)
        {
            TransportAddress client = SampleFrames.Client with { Port = (ushort)(40000 + index) };
            _tcp[index] = SampleFrames.Tcp(client, SampleFrames.Server);
            _udp[index] = SampleFrames.Udp(client, SampleFrames.Server);
            _icmpErrors[index] = SampleFrames.IcmpError(client, SampleFrames.Server);
        }
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public int Tcp() => _parsed = Parse(_tcp);

    [Benchmark(OperationsPerInvoke = Batch)]
    public int Udp() => _parsed = Parse(_udp);

    [Benchmark(OperationsPerInvoke = Batch)]
    public int IcmpError() => _parsed = Parse(_icmpErrors);

    [GlobalCleanup]
    public void Check()
    {
        FlowTuple tuple = _facts[Batch - 1].Tuple;
        TransportAddress client = SampleFrames.Client with { Port = (ushort)(40000 + Batch - 1) };
        bool isReply = _facts[Batch - 1].Kind == PacketKind.IcmpError;
        if (_parsed != Batch
            || (isReply ? tuple.Destination : tuple.Source) != client
            || (isReply ? tuple.Source : tuple.Destination) != SampleFrames.Server)
        {
            throw new InvalidOperationException($"Parsed {_parsed} of {Batch}, the last as {tuple}.");
        }
    }

    private int Parse(byte[][] frames)
    {
        int parsed = 0;
        for (int index = 0; index < frames.Length; index++)
        {
            parsed += PacketParser.Parse(frames[index], out _facts[index]) == DropReason.None ? 1 : 0;
        }

        return parsed;
    }
}
