using System.Collections.Generic;
using BenchmarkDotNet.Attributes;
using NatEngine.Benchmarks.Packets;
using NatEngine.Benchmarks.Translation;
using NatEngine.Devices;
using NatEngine.Pipeline;
using NatEngine.Translation;

namespace NatEngine.Benchmarks.Pipeline;

/// <summary>What the engine itself does to a packet, from parsing to the checksum, along four axes: sessions and their
/// arrivals, batch size, length of frames.</summary>
/// <remarks>One axis at a time, around the base of 65,536 sessions in turn, batches of 64, 64-octet frames: the full
/// product would say little more and take hours. Frames are written into their slots first, which is the kernel's
/// work: <see cref="Fill"/> is that alone, and the column "Beyond" is what is left when it is taken off.</remarks>
[MemoryDiagnoser]
public class BatchBenchmarks
{
    private const int Packets = 1_024;
    private const int LongestOnWire = 1_514;
    private const int SuperFrame = 14 + ushort.MaxValue;

    private static readonly BatchCase Base = new(65_536, Arrivals.Uniform, 64, SampleFrames.UdpLength);

    private BenchmarkGateway? _gateway;
    private PacketBatch? _batch;

    /// <summary>What the batches are like.</summary>
    [ParamsSource(nameof(Cases))]
    public BatchCase Case { get; set; } = Base;

    public static IEnumerable<BatchCase> Cases =>
    [
        Base with { Sessions = 1_024 },
        Base,
        Base with { Sessions = 1_048_576 },
        Base with { Sessions = 10_000_000 },
        Base with { Sessions = 1_024, Arrivals = Arrivals.Zipf },
        Base with { Arrivals = Arrivals.Zipf },
        Base with { Sessions = 1_048_576, Arrivals = Arrivals.Zipf },
        Base with { Sessions = 10_000_000, Arrivals = Arrivals.Zipf },
        Base with { Batch = 1 },
        Base with { Batch = 8 },
        Base with { Batch = 32 },
        Base with { Batch = 256 },
        Base with { FrameLength = 508 },
        Base with { FrameLength = LongestOnWire },
        Base with { FrameLength = SuperFrame },
    ];

    [GlobalSetup]
    public void Establish()
    {
        int[] order = Traffic.Order(Case.Sessions, Case.Arrivals);
        _gateway = BenchmarkGateway.ByHand(Case.Sessions, new ClientsDevice(order, Case.FrameLength), Case.Batch);
        _batch = _gateway.Pipeline.Batches[0];

        // The router is learnt by asking for it; then every session learns its next hop.
        for (int round = 0; round < 4; round++)
        {
            foreach (IStage stage in _gateway.Pipeline.Stages)
            {
                stage.Process(_batch);
            }
        }

        for (int packet = 0; packet < order.Length; packet += Packets)
        {
            FillToChecksum();
        }
    }

    /// <summary>The frames are there, and given back.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Packets)]
    public void Fill()
    {
        for (int packet = 0; packet < Packets; packet += Case.Batch)
        {
            Receive();
            GiveBack();
        }
    }

    /// <summary>The same, and in between they are parsed, looked up, rewritten, and their checksums updated.</summary>
    [Benchmark(OperationsPerInvoke = Packets)]
    public void FillToChecksum()
    {
        for (int packet = 0; packet < Packets; packet += Case.Batch)
        {
            Receive();
            Translate();
            GiveBack();
        }
    }

    [GlobalCleanup]
    public void Check()
    {
        Receive();
        Translate();
        foreach (Frame frame in _batch!.ReceivedFrames)
        {
            ServersDevice.RequireTranslated(frame.Octets, frame.HasPartialChecksum);
        }

        _gateway!.Dispose();
    }

    private void Receive() => _batch!.Receive(_gateway!.Clients, Realm.Internal, Traffic.Now);

    // The stages between the first and the last.
    private void Translate()
    {
        IReadOnlyList<IStage> stages = _gateway!.Pipeline.Stages;
        for (int stage = 1; stage < stages.Count - 1; stage++)
        {
            stages[stage].Process(_batch!);
        }
    }

    private void GiveBack()
    {
        _gateway!.Clients.Release(_batch!.ReceivedFrames);
        _batch.Clear();
    }
}
