using System;
using BenchmarkDotNet.Attributes;
using NatEngine.Packets;

namespace NatEngine.Benchmarks.Packets;

/// <summary>The sum from scratch: an IPv4 header, a least frame, a full one.</summary>
[MemoryDiagnoser]
public class ChecksumBenchmarks
{
    private const int Batch = 64;

    private readonly byte[] _octets = new byte[65_515];
    private ushort _sum;

    /// <summary>How many octets are summed.</summary>
    [Params(20, 64, 1500, 65_515)]
    public int Octets { get; set; }

    [GlobalSetup]
    public void Fill() => new Random(1).NextBytes(_octets);

    [Benchmark(OperationsPerInvoke = Batch)]
    public ushort Sum()
    {
        ReadOnlySpan<byte> octets = _octets.AsSpan(0, Octets);
        ushort sum = 0;
        for (int index = 0; index < Batch; index++)
        {
            sum = InternetChecksum.Sum(octets);
        }

        return _sum = sum;
    }

    [GlobalCleanup]
    public void Check()
    {
        uint expected = 0;
        for (int index = 0; index < Octets; index += 2)
        {
            expected += (uint)((_octets[index] << 8) | _octets[index + 1]);
        }

        expected = InternetChecksum.Fold(expected);
        if (_sum != expected)
        {
            throw new InvalidOperationException($"The sum is {_sum:x4}, not {expected:x4}.");
        }
    }
}
