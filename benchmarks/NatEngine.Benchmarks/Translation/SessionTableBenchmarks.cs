using System;
using BenchmarkDotNet.Attributes;
using NatEngine.Benchmarks.Packets;
using NatEngine.Packets;
using NatEngine.Translation.Tables;

namespace NatEngine.Benchmarks.Translation;

/// <summary>The session table alone: hashing a batch of 64, asking for its memory, finding the sessions, or finding
/// that there are none.</summary>
[MemoryDiagnoser]
public class SessionTableBenchmarks
{
    private const int Batch = 64;
    private const ulong Seed = 0x0123_4567_89AB_CDEF;

    // More, and drawing them would be most of the set-up; each is another session's, anywhere in the table.
    private const int MostTuples = 1_048_576;

    private readonly ulong[] _hashes = new ulong[Batch];
    private readonly uint[] _guesses = new uint[Batch];
    private FlowTuple[] _present = [];
    private FlowTuple[] _absent = [];
    private SessionTable? _table;
    private int _next;

    /// <summary>How many sessions there are.</summary>
    [Params(1_024, 65_536, 1_048_576, 10_000_000)]
    public int Sessions { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        _table = TableOf(Sessions);
        ReadOnlySpan<int> order = Traffic.Order(Sessions, Arrivals.Uniform);
        order = order[..Math.Min(order.Length, MostTuples)];
        _present = new FlowTuple[order.Length];
        _absent = new FlowTuple[order.Length];
        for (int index = 0; index < order.Length; index++)
        {
            _present[index] = TupleOf(order[index], IpProtocol.Udp);
            _absent[index] = TupleOf(order[index], IpProtocol.Tcp);
        }
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public int Hit() => Find(_present);

    [Benchmark(OperationsPerInvoke = Batch)]
    public int Miss() => Find(_absent);

    [GlobalCleanup]
    public void Check()
    {
        int hits = Hit();
        int misses = Batch - Miss();
        if (hits != Batch || misses != Batch || _table!.Count != Sessions)
        {
            throw new InvalidOperationException($"{hits} of {Batch} were found, {misses} of {Batch} were not.");
        }

        _table.Dispose();
    }

    private static SessionTable TableOf(int sessions)
    {
        SessionTable table = new((uint)sessions, Seed);
        for (int index = 0; index < sessions; index++)
        {
            Session session = default;
            session.Tuples[0] = TupleOf(index, IpProtocol.Udp);
            session.Tuples[1] = session.Tuples[0].Reply();
            ulong hash = table.HashOf(session.Tuples[0]);
            ulong replyHash = table.HashOf(session.Tuples[1]);
            _ = table.Add(session, hash, replyHash, new ColdSession());
        }

        return table;
    }

    private static FlowTuple TupleOf(int index, IpProtocol protocol)
        => new(Traffic.Client(index), SampleFrames.Server, protocol);

    // As Translator does.
    private int Find(FlowTuple[] tuples)
    {
        SessionTable table = _table!;
        ReadOnlySpan<FlowTuple> batch = tuples.AsSpan(_next, Batch);
        for (int index = 0; index < batch.Length; index++)
        {
            _hashes[index] = table.HashOf(batch[index]);
            table.PrefetchIndex(_hashes[index]);
        }

        for (int index = 0; index < batch.Length; index++)
        {
            _guesses[index] = table.PrefetchSession(_hashes[index]);
        }

        int found = 0;
        for (int index = 0; index < batch.Length; index++)
        {
            found += table.Find(batch[index], _hashes[index], _guesses[index]) != 0 ? 1 : 0;
        }

        _next = (_next + Batch) % tuples.Length;
        return found;
    }
}
