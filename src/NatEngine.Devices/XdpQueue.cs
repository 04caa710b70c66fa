using System;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>The memory that an AF_XDP socket shares with the kernel, in chunks of one frame each, and the two rings by
/// which chunks go to the kernel and come back.</summary>
/// <remarks>
/// <code>
/// free ──Add──▶ transmit ring ──Publish──▶ the kernel's ──sent──▶ completion ring ──TakeCompletions──▶ free
/// </code>
/// <para>Both rings have an entry for each chunk, so that neither is ever full. One thread.</para>
/// </remarks>
internal sealed unsafe class XdpQueue : IDisposable
{
    /// <summary>Frames on their way to the link at a time.</summary>
    internal const int Slots = 1024;

    /// <summary>The longest frame, in octets.</summary>
    internal const int ChunkLength = 2048;

    private readonly MemoryMapping _memory;
    private readonly XdpRing _ring;
    private readonly XdpRing _completions;

    // The chunks that are nobody's, the last used on top: it is still in the cache.
    private readonly ulong[] _free = new ulong[Slots];
    private uint _produced;
    private uint _completed;

    /// <exception cref="DeviceException">The kernel has no memory or rings for it.</exception>
    internal XdpQueue(XdpSocket socket, string interfaceName)
    {
        _memory = MemoryMapping.Anonymous(Slots * ChunkLength, interfaceName);
        socket.Register(_memory, ChunkLength, Slots);
        _ring = socket.MapTransmitRing(Slots);
        _completions = socket.MapCompletionRing(Slots);
        for (Room = 0; Room < Slots; Room++)
        {
            _free[Room] = (ulong)(Room * ChunkLength);
        }
    }

    /// <summary>How many frames can be added.</summary>
    internal int Room { get; private set; }

    /// <summary>Copies a frame behind those that were added before. There must be room.</summary>
    internal void Add(Frame frame)
    {
        ulong chunk = _free[--Room];
        frame.Octets.CopyTo(new Span<byte>(_memory.Start + chunk, ChunkLength));
        *EntryOf(_produced++) = new Libc.xdp_desc { addr = chunk, len = (uint)frame.Length };
    }

    /// <summary>Lets the kernel see what was added.</summary>
    internal void Publish() => _ring.Produced = _produced;

    /// <summary>Takes back the frames that were added last, which the kernel must not have looked at.</summary>
    internal void TakeBack(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _free[Room++] = EntryOf(--_produced)->addr;
        }

        Publish();
    }

    /// <summary>Takes the chunks of frames that were sent.</summary>
    internal void TakeCompletions()
    {
        uint produced = _completions.Produced;
        ulong* entries = (ulong*)_completions.Entries;
        while (_completed != produced)
        {
            _free[Room++] = entries[_completed++ & _completions.Mask];
        }

        _completions.Consumed = produced;
    }

    public void Dispose()
    {
        _ring.Dispose();
        _completions.Dispose();
        _memory.Dispose();
    }

    private Libc.xdp_desc* EntryOf(uint number) => (Libc.xdp_desc*)_ring.Entries + (number & _ring.Mask);
}
