using System;
using BenchmarkDotNet.Attributes;
using NatEngine.Translation;
using NatEngine.Translation.Ports;

namespace NatEngine.Benchmarks.Translation;

/// <summary>Taking ports of one external address, and giving them back: the same at any fill, or the last newcomers
/// would slow the gateway down for all.</summary>
/// <remarks>One operation is one port taken and given back. Who asks for a port that is free gets it only where ports
/// are preserved and few are taken; all others get one that was searched for.</remarks>
[MemoryDiagnoser]
public class PortAllocationBenchmarks
{
    private const int Batch = 32;

    private static readonly PortRange Range = new(1024, ushort.MaxValue);

    private readonly int[] _taken = new int[Batch];
    private readonly ushort[] _like = new ushort[Batch];
    private readonly CryptographicRandom _random = new();
    private PortSpace? _space;
    private PortChooser? _chooser;
    private int _free;

    /// <summary>How many of the address's ports are taken, in percent.</summary>
    [Params(0.0, 50.0, 99.0, 99.9)]
    public double Fill { get; set; }

    /// <summary>Which port a newcomer gets.</summary>
    [Params(PortChoice.Preserve, PortChoice.Random, PortChoice.Sequential)]
    public PortChoice Ports { get; set; }

    [GlobalSetup]
    public void TakePorts()
    {
        _chooser = new PortChooser(TranslationBehavior.Default with { Ports = Ports });
        _space = NewSpace();
        Random random = new(1);
        int[] ports = new int[Range.Count];
        for (int index = 0; index < ports.Length; index++)
        {
            ports[index] = Range.First + index;
        }

        random.Shuffle(ports);
        int taken = (int)(ports.Length * Fill / 100);
        for (int index = 0; index < taken; index++)
        {
            _ = _space.Free.TryTake((ushort)ports[index]);
        }

        for (int index = 0; index < Batch; index++)
        {
            _like[index] = (ushort)ports[index]; // taken, unless none is
        }

        _free = _space.Free.FreeCount;
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public void TakeAndRelease()
    {
        PortSet free = _space!.Free;
        for (int index = 0; index < Batch; index++)
        {
            int port = _chooser!.Find(_space, free, Range, _like[index], _random);
            _ = free.TryTake((ushort)port);
            _space.Last = (ushort)port;
            _taken[index] = port;
        }

        for (int index = 0; index < Batch; index++)
        {
            free.Release((ushort)_taken[index]);
        }
    }

    [GlobalCleanup]
    public void Check()
    {
        PortSpace space = _space!;
        bool isPreserved = Ports == PortChoice.Preserve && Fill == 0;
        for (int index = 0; index < Batch; index++)
        {
            if (_taken[index] == PortSet.None || (_taken[index] == _like[index]) != isPreserved)
            {
                throw new InvalidOperationException($"Who asked for {_like[index]} got {_taken[index]}.");
            }
        }

        if (space.Free.FreeCount != _free)
        {
            throw new InvalidOperationException($"{space.Free.FreeCount} ports are free, not {_free}.");
        }

        space.Dispose();
    }

    private static PortSpace NewSpace()
    {
        PortSpace space = new();
        space.Free.Fill(Range, []);
        return space;
    }
}
