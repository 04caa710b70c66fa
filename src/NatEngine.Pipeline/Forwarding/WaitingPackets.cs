using System;
using NatEngine.Devices;
using NatEngine.Packets;

namespace NatEngine.Pipeline.Forwarding;

/// <summary>
/// Copies of the first packets to neighbours whose hardware address is not known yet (RFC 1122 section 2.3.2.2), in
/// frames from the pool: a ring slot is never held for them.
/// </summary>
/// <remarks>A packet leaves in one way only: it becomes ready, and the lookup stage puts it into a batch, to be sent or
/// dropped. So its frame goes back to the pool where all frames do, in the transmit stage.</remarks>
internal sealed class WaitingPackets
{
    /// <summary>How many packets wait for one neighbour: the latest ones.</summary>
    /// <remarks>About as many small ones as Linux keeps (<c>unres_qlen_bytes</c>): a burst to a host that was silent
    /// until now, a router just after start above all, arrives whole.</remarks>
    internal const int MaxPerNeighbour = 128;

    /// <summary>How many packets wait altogether.</summary>
    internal const int Capacity = 1024;

    private readonly FramePool _pool;
    private readonly WaitingPacket[] _packets = new WaitingPacket[Capacity];
    private readonly PlaceLists _lists;
    private readonly PlaceList[] _byNeighbour;
    private PlaceList _free;
    private PlaceList _ready = PlaceList.Empty;

    /// <summary>Makes room.</summary>
    /// <param name="neighbours">The highest number of a neighbour.</param>
    /// <param name="pool">Where the copies stand.</param>
    internal WaitingPackets(int neighbours, FramePool pool)
    {
        _pool = pool;
        _lists = new PlaceLists(Capacity, out _free);
        _byNeighbour = new PlaceList[neighbours + 1];
        Array.Fill(_byNeighbour, PlaceList.Empty);
    }

    /// <summary>True if a packet need wait no longer.</summary>
    internal bool AnyReady => _ready.Count > 0;

    /// <summary>Keeps a copy of a packet until <see cref="Settle"/> is called for its neighbour. If as many as may wait
    /// there already, the oldest makes room.</summary>
    /// <returns><see cref="DropReason.None"/>, or why the packet cannot be kept.</returns>
    internal DropReason Add(ushort neighbour, PacketBatch batch, int index)
    {
        ref PlaceList waiting = ref _byNeighbour[neighbour];
        Frame frame = batch.Frames[index];
        if (_free.Count == 0 || !_pool.TryRent(frame.Length, out Frame copy))
        {
            return DropReason.NoBuffer;
        }

        if (waiting.Count == MaxPerNeighbour)
        {
            int oldest = _lists.TakeFirst(ref waiting);
            _packets[oldest].Outcome = DropReason.NeighbourQueueFull;
            _lists.Append(ref _ready, oldest);
        }

        frame.Octets.CopyTo(copy.Octets);
        copy.Header = frame.Header;
        int place = _lists.TakeFirst(ref _free);
        _packets[place] = new WaitingPacket
        {
            Frame = copy,
            Facts = batch.Facts[index],
            Verdict = batch.Verdicts[index],
            Ingress = batch.Ingress,
            Neighbour = neighbour,
        };
        _lists.Append(ref waiting, place);
        return DropReason.None;
    }

    /// <summary>Makes ready what waits for a neighbour that is known now, or has failed.</summary>
    internal void Settle(ushort neighbour)
    {
        ref PlaceList waiting = ref _byNeighbour[neighbour];
        while (waiting.Count > 0)
        {
            _lists.Append(ref _ready, _lists.TakeFirst(ref waiting));
        }
    }

    /// <summary>Takes the packet that has been ready longest.</summary>
    internal bool TryTakeReady(out WaitingPacket packet)
    {
        if (_ready.Count == 0)
        {
            packet = default;
            return false;
        }

        int place = _lists.TakeFirst(ref _ready);
        packet = _packets[place];
        _lists.Append(ref _free, place);
        return true;
    }
}
