using System;
using System.Threading;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Pipeline.Lanes;
using NatEngine.Translation;

namespace NatEngine.Pipeline;

/// <summary>
/// Descriptors of frames and what the stages found out about them, side by side; the frames stay in the ring that they
/// were received in.
/// </summary>
/// <remarks>
/// <para>A batch has one holder at a time: the stage that works on it or the channel that it waits in. Handing it on
/// hands on everything in it, the right to write its counters included.</para>
/// <para>The received frames come first, all from one device; frames of our own follow, rented from the pool: ARP
/// requests, ICMP errors, fragments, packets that waited for their next hop. A batch of none at all is a tick: it lets
/// timers run while no packet comes.</para>
/// </remarks>
internal sealed class PacketBatch
{
    /// <summary>How many frames of our own a batch can carry: both halves of 64 packets that are a little too long.
    /// What finds no room waits for the next batch.</summary>
    internal const int MaxOwnFrames = 128;

    private readonly Frame[] _frames;
    private readonly PacketFacts[] _facts;
    private readonly Verdict[] _verdicts;
    private readonly Departure[] _departures;
    private readonly long[] _drops = new long[Enum.GetValues<DropReason>().Length];
    private readonly DropLog _log;

    /// <summary>Makes an empty batch.</summary>
    /// <param name="capacity">How many received frames it can hold.</param>
    /// <param name="log">Keeps the last packets that are dropped.</param>
    internal PacketBatch(int capacity, DropLog log)
    {
        _log = log;
        Capacity = capacity;
        _frames = new Frame[capacity + MaxOwnFrames];
        _facts = new PacketFacts[capacity + MaxOwnFrames];
        _verdicts = new Verdict[capacity + MaxOwnFrames];
        _departures = new Departure[capacity + MaxOwnFrames];
    }

    /// <summary>How many received frames the batch can hold.</summary>
    internal int Capacity { get; }

    /// <summary>How many frames were received; they come first.</summary>
    internal int ReceivedCount { get; private set; }

    /// <summary>How many frames there are, our own included.</summary>
    internal int Count { get; private set; }

    /// <summary>True if a frame of our own finds room.</summary>
    internal bool HasRoom => Count < ReceivedCount + MaxOwnFrames;

    /// <summary>The side that the received frames came from.</summary>
    internal Realm Ingress { get; private set; }

    /// <summary>True if the received frames were handed over by other lanes.</summary>
    internal bool IsHanded { get; private set; }

    /// <summary>When the frames were received.</summary>
    internal Timestamp Now { get; private set; }

    /// <summary>Where the frames stand.</summary>
    internal Span<Frame> Frames => _frames.AsSpan(0, Count);

    /// <summary>The frames that a ring holds for us, in the order in which they were received.</summary>
    internal ReadOnlySpan<Frame> ReceivedFrames => _frames.AsSpan(0, ReceivedCount);

    /// <summary>The frames that came from the pool.</summary>
    internal ReadOnlySpan<Frame> OwnFrames => _frames.AsSpan(ReceivedCount, Count - ReceivedCount);

    /// <summary>What was read from the frames.</summary>
    internal Span<PacketFacts> Facts => _facts.AsSpan(0, Count);

    /// <summary>What translation decided.</summary>
    internal Span<Verdict> Verdicts => _verdicts.AsSpan(0, Count);

    /// <summary>Where the frames go.</summary>
    internal Span<Departure> Departures => _departures.AsSpan(0, Count);

    /// <summary>Fills the batch with what waits at a device. It must be empty.</summary>
    internal void Receive(IPacketDevice device, Realm ingress, Timestamp now)
    {
        IsHanded = false;
        Began(device.Receive(_frames.AsSpan(0, Capacity)), ingress, now);
    }

    /// <summary>Fills the batch with what other lanes have handed over. It must be empty.</summary>
    internal void Take(FrameInbox inbox, Realm ingress, Timestamp now)
    {
        Began(inbox.Take(_frames.AsSpan(0, Capacity)), ingress, now);
        IsHanded = ReceivedCount > 0;
    }

    private void Began(int count, Realm ingress, Timestamp now)
    {
        Ingress = ingress;
        Now = now;
        ReceivedCount = count;
        Count = count;
        _departures.AsSpan(0, count).Clear();
    }

    /// <summary>Adds a frame of our own, nothing decided about it.</summary>
    /// <param name="frame">A frame from the pool; whoever transmits the batch returns it there.</param>
    /// <param name="index">Where it stands in the batch.</param>
    /// <returns>False if there is no room.</returns>
    internal bool TryAppend(Frame frame, out int index)
    {
        index = Count;
        if (!HasRoom)
        {
            return false;
        }

        _frames[index] = frame;
        _facts[index] = default;
        _verdicts[index] = default;
        _departures[index] = default;
        Count++;
        return true;
    }

    /// <summary>Drops frame <paramref name="index"/> and counts why. There is no other way to drop one.</summary>
    internal void Drop(int index, DropReason reason)
        => Drop(index, reason, index < ReceivedCount ? Ingress : null);

    /// <summary>The same of a frame of our own that is the copy of one that came in.</summary>
    internal void Drop(int index, DropReason reason, Realm? ingress)
    {
        _departures[index].Disposition = Disposition.Drop;
        _log.Add(reason, _facts[index], ingress, _frames[index].Length, Now);

        // Written by the batch's holder only; read by anyone, at any time.
        ref long count = ref _drops[(int)reason];
        Volatile.Write(ref count, count + 1);
    }

    /// <summary>How many frames this batch has dropped for <paramref name="reason"/>, since it was made.</summary>
    internal long Dropped(DropReason reason) => Volatile.Read(ref _drops[(int)reason]);

    /// <summary>Forgets the frames, which were released and returned.</summary>
    internal void Clear()
    {
        ReceivedCount = 0;
        Count = 0;
    }
}
