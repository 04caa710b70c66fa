using System;
using BenchmarkDotNet.Attributes;
using NatEngine.Packets;

namespace NatEngine.Benchmarks.Packets;

/// <summary>Hashing a batch of tuples, as the look-up does before it prefetches, and making their replies.</summary>
[MemoryDiagnoser]
public class FlowTupleBenchmarks
{
    private const int Batch = 64;
    private const ulong Seed = 0x0123_4567_89AB_CDEF;

    private readonly FlowTuple[] _tuples = new FlowTuple[Batch];
    private readonly FlowTuple[] _replies = new FlowTuple[Batch];
    private readonly ulong[] _hashes = new ulong[Batch];

    [GlobalSetup]
    public void Fill()
    {
        for (int index = 0; index < Batch; index++)
        {
            TransportAddress client = SampleFrames.Client with { Port = (ushort)(40000 + index) };
            _tuples[index] = new FlowTuple(client, SampleFrames.Server, IpProtocol.Udp);
        }

        Hash();
        Reply();
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public void Hash()
    {
        FlowTuple[] tuples = _tuples;
        ulong[] hashes = _hashes;
        for (int index = 0; index < tuples.Length && index < hashes.Length; index++)
        {
            hashes[index] = tuples[index].Hash(Seed);
        }
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public void Reply()
    {
        FlowTuple[] tuples = _tuples;
        FlowTuple[] replies = _replies;
        for (int index = 0; index < tuples.Length && index < replies.Length; index++)
        {
            replies[index] = tuples[index].Reply();
        }
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public int Equality()
    {
        FlowTuple[] tuples = _tuples;
        FlowTuple[] replies = _replies;
        int equal = 0;
        for (int index = 0; index < tuples.Length && index < replies.Length; index++)
        {
            equal += tuples[index] == replies[index] ? 1 : 0;
        }

        return equal;
    }

    [GlobalCleanup]
    public void Check()
    {
        for (int index = 0; index < Batch; index++)
        {
            if (_hashes[index] != _tuples[index].Hash(Seed) || _replies[index].Reply() != _tuples[index])
            {
                throw new InvalidOperationException($"Wrong hash or reply of {_tuples[index]}.");
            }
        }

        if (Equality() != 0 || Array.Exists(_hashes, hash => Array.FindAll(_hashes, other => other == hash).Length > 1))
        {
            throw new InvalidOperationException("Different tuples count as equal.");
        }
    }
}
