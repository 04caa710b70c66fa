using System;
using System.Collections.Generic;
using System.Threading;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Pipeline;

/// <summary>The last packets that were dropped, a few for each reason.</summary>
/// <remarks>Each reason has one stage that drops for it, and so one writing thread; any thread reads. An entry that is
/// written while it is read is left out.</remarks>
internal sealed class DropLog
{
    /// <summary>How many are kept for each reason.</summary>
    internal const int Kept = 16;

    private readonly Entry[] _entries = new Entry[Enum.GetValues<DropReason>().Length * Kept];
    private readonly uint[] _next = new uint[Enum.GetValues<DropReason>().Length];

    /// <summary>Takes note of a packet, in the place of the oldest.</summary>
    /// <param name="reason">Why it was dropped.</param>
    /// <param name="facts">What was read from it.</param>
    /// <param name="ingress">Where it came in; null for a frame of our own.</param>
    /// <param name="length">The octets of its frame.</param>
    /// <param name="now">The present.</param>
    internal void Add(DropReason reason, in PacketFacts facts, Realm? ingress, int length, Timestamp now)
    {
        uint next = _next[(int)reason];
        ref Entry entry = ref _entries[((int)reason * Kept) + (int)(next % Kept)];
        entry.Version++; // odd while it is written
        Volatile.WriteBarrier();
        entry.Facts = facts;
        entry.Ingress = ingress;
        entry.Length = length;
        entry.At = now;
        Volatile.Write(ref entry.Version, entry.Version + 1);
        Volatile.Write(ref _next[(int)reason], next + 1);
    }

    /// <summary>The packets that were dropped for a reason, the newest first.</summary>
    internal IReadOnlyList<DroppedPacket> Read(DropReason reason, Timestamp now)
    {
        List<DroppedPacket> dropped = new(Kept);
        uint next = Volatile.Read(ref _next[(int)reason]);
        for (uint back = 1; back <= Kept && back <= next; back++)
        {
            ref Entry entry = ref _entries[((int)reason * Kept) + (int)((next - back) % Kept)];
            int version = Volatile.Read(ref entry.Version);
            Entry copy = entry;
            Volatile.ReadBarrier();
            if (version % 2 == 0 && Volatile.Read(ref entry.Version) == version)
            {
                dropped.Add(new DroppedPacket
                {
                    Reason = reason,
                    Age = TimeSpan.FromMilliseconds(Math.Max(0, now.Milliseconds - copy.At.Milliseconds)),
                    Ingress = copy.Ingress,
                    FrameLength = copy.Length,
                    Facts = copy.Facts,
                });
            }
        }

        return dropped;
    }

    private struct Entry
    {
        public PacketFacts Facts;
        public Timestamp At;
        public int Length;
        public int Version;
        public Realm? Ingress;
    }
}
