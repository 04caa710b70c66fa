using System;
using System.Threading;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>One ring that an AF_XDP socket shares with the kernel: entries, and how many each side has put in and taken
/// out.</summary>
/// <remarks>The numbers count on beyond the ring's length and wrap at 2^32; an entry's place is its number's low bits.
/// Ordering (<c>net/xdp/xsk_queue.h</c>): who puts in writes the entry before the number, with release; who takes out
/// reads the number with acquire before the entry, and writes its own number with release after it.</remarks>
internal sealed unsafe class XdpRing : IDisposable
{
    private readonly MemoryMapping _memory;
    private readonly uint* _producer;
    private readonly uint* _consumer;

    internal XdpRing(MemoryMapping memory, Libc.xdp_ring_offset offsets, int slots)
    {
        _memory = memory;
        _producer = (uint*)(memory.Start + offsets.producer);
        _consumer = (uint*)(memory.Start + offsets.consumer);
        Entries = memory.Start + offsets.desc;
        Mask = (uint)slots - 1;
    }

    /// <summary>The first entry.</summary>
    internal byte* Entries { get; }

    /// <summary>What a number is masked with to give its entry's place.</summary>
    internal uint Mask { get; }

    /// <summary>How many entries were put in.</summary>
    internal uint Produced
    {
        get => Volatile.Read(ref *_producer);
        set => Volatile.Write(ref *_producer, value);
    }

    /// <summary>Says how many entries were taken out.</summary>
    internal uint Consumed
    {
        set => Volatile.Write(ref *_consumer, value);
    }

    public void Dispose() => _memory.Dispose();
}
