using System;
using BenchmarkDotNet.Attributes;
using NatEngine.Packets;

namespace NatEngine.Benchmarks.Packets;

/// <summary>What the checksum stage does instead of summing (RFC 1624): one addition and a fold for each field, the
/// delta made once per session.</summary>
[MemoryDiagnoser]
public class ChecksumUpdateBenchmarks
{
    private const int Batch = 64;

    private readonly ushort[] _checksums = new ushort[Batch];
    private ChecksumDelta _there;
    private ChecksumDelta _back;

    [GlobalSetup]
    public void Fill()
    {
        for (int index = 0; index < Batch; index++)
        {
            _checksums[index] = (ushort)(1 + (index * 1021));
        }

        _there = ChecksumDelta.Of(SampleFrames.Client.Address, SampleFrames.Server.Address);
        _back = _there.Inverse();
    }

    [Benchmark(OperationsPerInvoke = 2 * Batch)]
    public void Update()
    {
        for (int index = 0; index < Batch; index++)
        {
            _checksums[index] = InternetChecksum.Update(_checksums[index], _there);
        }

        for (int index = 0; index < Batch; index++)
        {
            _checksums[index] = InternetChecksum.Update(_checksums[index], _back);
        }
    }

    [Benchmark(OperationsPerInvoke = 2 * Batch)]
    public void UpdateUdp()
    {
        for (int index = 0; index < Batch; index++)
        {
            _checksums[index] = InternetChecksum.UpdateUdp(_checksums[index], _there);
        }

        for (int index = 0; index < Batch; index++)
        {
            _checksums[index] = InternetChecksum.UpdateUdp(_checksums[index], _back);
        }
    }

    [GlobalCleanup]
    public void Check()
    {
        for (int index = 0; index < Batch; index++)
        {
            ushort expected = (ushort)(1 + (index * 1021));
            if (_checksums[index] != expected)
            {
                throw new InvalidOperationException($"There and back is {_checksums[index]:x4}, not {expected:x4}.");
            }
        }

        if (InternetChecksum.Update(1, _there) == 1)
        {
            throw new InvalidOperationException("The update changes nothing.");
        }
    }
}
