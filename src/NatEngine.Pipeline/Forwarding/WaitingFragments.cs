using System;
using System.Collections.Generic;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Forwarding;

/// <summary>
/// Copies of fragments that came before the first one of their packet, which alone has the ports (RFC 4787 REQ-14), in
/// frames from the pool.
/// </summary>
/// <remarks>
/// <para>Whoever sends fragments without a first one takes room here and nowhere else (REQ-14a): room for so many of
/// one packet, for so many in all, for so long. When it is full, the packet that has waited longest goes: what is only
/// out of order waits for milliseconds.</para>
/// <para>As of <see cref="WaitingPackets"/>, a fragment leaves in one way only: it becomes ready, and the lookup stage
/// puts it into a batch.</para>
/// </remarks>
internal sealed class WaitingFragments
{
    /// <summary>How many fragments of one packet wait: those of 64 KiB on a link of 1500 octets are 45.</summary>
    internal const int MaxPerPacket = 64;

    /// <summary>How many fragments wait.</summary>
    internal const int MaxWaiting = 256;

    /// <summary>How many frames are kept, those included that go into the next batches.</summary>
    internal const int Capacity = 2 * MaxWaiting;

    private const long Never = long.MaxValue;

    /// <summary>How long a packet's fragments wait for the first (RFC 6146 section 4 asks for at least this).</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan ScanInterval = TimeSpan.FromMilliseconds(100);

    private readonly FramePool _pool;
    private readonly WaitingFragment[] _fragments = new WaitingFragment[Capacity];
    private readonly PlaceLists _lists;
    private readonly Dictionary<FlowTuple, int> _numbers = new(MaxWaiting);
    private readonly Stack<int> _freeNumbers = new(MaxWaiting);
    private readonly FlowTuple[] _keys = new FlowTuple[MaxWaiting];
    private readonly PlaceList[] _waiting = new PlaceList[MaxWaiting];
    private readonly long[] _deadlines = new long[MaxWaiting];
    private PlaceList _free;
    private PlaceList _ready = PlaceList.Empty;
    private Timestamp _nextScan;

    internal WaitingFragments(FramePool pool)
    {
        _pool = pool;
        _lists = new PlaceLists(Capacity, out _free);
        Array.Fill(_waiting, PlaceList.Empty);
        Array.Fill(_deadlines, Never);
        for (int number = 0; number < MaxWaiting; number++)
        {
            _freeNumbers.Push(number);
        }
    }

    /// <summary>True if a fragment need wait no longer.</summary>
    internal bool AnyReady => _ready.Count > 0;

    /// <summary>How many wait.</summary>
    internal int Count { get; private set; }

    /// <summary>Keeps a copy of a fragment until the first one of its packet is judged, or time is up.</summary>
    /// <returns><see cref="DropReason.None"/>, or why it cannot be kept.</returns>
    internal DropReason Add(PacketBatch batch, int index)
    {
        Frame frame = batch.Frames[index];
        ref readonly PacketFacts facts = ref batch.Facts[index];
        FlowTuple key = FragmentKey.Of(facts, batch.Ingress);
        bool isKnown = _numbers.TryGetValue(key, out int number);
        if ((isKnown && _waiting[number].Count == MaxPerPacket) || _free.Count == 0)
        {
            return DropReason.FragmentQueueFull;
        }

        if (!_pool.TryRent(frame.Length, out Frame copy))
        {
            return DropReason.NoBuffer;
        }

        frame.Octets.CopyTo(copy.Octets);
        copy.Header = frame.Header;
        int place = _lists.TakeFirst(ref _free);
        _fragments[place] = new WaitingFragment { Frame = copy, Facts = facts, Ingress = batch.Ingress };
        if (Count == MaxWaiting)
        {
            Release(Oldest(), DropReason.FragmentQueueFull);
            isKnown = _numbers.TryGetValue(key, out number);
        }

        number = isKnown ? number : Open(key, batch.Now);
        _lists.Append(ref _waiting[number], place);
        Count++;
        return DropReason.None;
    }

    /// <summary>Makes ready what waits for a first fragment that has been judged now.</summary>
    internal void Settle(in FlowTuple key)
    {
        if (Count > 0 && _numbers.TryGetValue(key, out int number))
        {
            Release(number, DropReason.None);
        }
    }

    /// <summary>Gives up the packets whose first fragment has not come in time.</summary>
    internal void Advance(Timestamp now)
    {
        if (Count == 0 || now < _nextScan)
        {
            return;
        }

        _nextScan = now.Add(ScanInterval);
        for (int number = 0; number < _deadlines.Length; number++)
        {
            if (_deadlines[number] <= now.Milliseconds)
            {
                Release(number, DropReason.FragmentTimedOut);
            }
        }
    }

    /// <summary>Takes the fragment that has been ready longest.</summary>
    internal bool TryTakeReady(out WaitingFragment fragment)
    {
        if (_ready.Count == 0)
        {
            fragment = default;
            return false;
        }

        int place = _lists.TakeFirst(ref _ready);
        fragment = _fragments[place];
        _lists.Append(ref _free, place);
        return true;
    }

    private int Open(in FlowTuple key, Timestamp now)
    {
        int number = _freeNumbers.Pop(); // there are as many as fragments that wait
        _numbers.Add(key, number);
        _keys[number] = key;
        _deadlines[number] = now.Add(Patience).Milliseconds;
        return number;
    }

    private void Release(int number, DropReason outcome)
    {
        ref PlaceList waiting = ref _waiting[number];
        Count -= waiting.Count;
        while (waiting.Count > 0)
        {
            int place = _lists.TakeFirst(ref waiting);
            _fragments[place].Outcome = outcome;
            _lists.Append(ref _ready, place);
        }

        _numbers.Remove(_keys[number]);
        _deadlines[number] = Never;
        _freeNumbers.Push(number);
    }

    // All wait equally long, so the oldest is the one whose time is up first.
    private int Oldest()
    {
        int oldest = 0;
        for (int number = 1; number < _deadlines.Length; number++)
        {
            oldest = _deadlines[number] < _deadlines[oldest] ? number : oldest;
        }

        return oldest;
    }
}
