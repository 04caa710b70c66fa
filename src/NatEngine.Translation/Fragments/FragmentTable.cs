using System;
using NatEngine.Packets;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation.Fragments;

/// <summary>What was decided about packets by their first fragments, for those that follow (RFC 4787 REQ-14).</summary>
/// <remarks>
/// <para>A packet is forgotten when all of it has passed, when its time is over, or when it is the oldest and the table
/// is full: whole packets take milliseconds, so that only never-completed ones grow old (REQ-14a).</para>
/// <para>Refused packets have a share of their own. Who floods the gateway with what is refused makes it forget
/// refusals, and nothing that passes.</para>
/// </remarks>
internal sealed class FragmentTable : IDisposable
{
    /// <summary>How many packets that pass are remembered.</summary>
    internal const uint MaxPassing = 3072;

    /// <summary>How many refused ones are.</summary>
    internal const uint MaxRefused = 1024;

    /// <summary>How long a packet is remembered from its first fragment on, in milliseconds. RFC 6146 asks for at
    /// least two seconds; 64 KiB take as long on a link of 256 kbit/s, and here is room for twice that.</summary>
    internal const uint Lifetime = 5000;

    private readonly NativeArray<FragmentedPacket> _packets = new(MaxPassing + MaxRefused + 1);
    private readonly NativeArray<Coverage> _coverage = new(MaxPassing + MaxRefused + 1);
    private readonly TupleIndex<Keys> _index;
    private readonly ulong _seed;
    private Ages _passing;
    private Ages _refused;
    private uint _unused = 1;
    private uint _free;

    internal FragmentTable(ulong seed)
    {
        _seed = seed;
        _index = new TupleIndex<Keys>(new Keys(_packets), MaxPassing + MaxRefused);
    }

    /// <summary>How many packets are remembered.</summary>
    public uint Count => _passing.Count + _refused.Count;

    /// <summary>The packet in place <paramref name="place"/>.</summary>
    public ref FragmentedPacket this[uint place] => ref _packets[place];

    /// <summary>Finds a packet.</summary>
    /// <returns>Its place; 0 if it is not known, or its time is over.</returns>
    public uint Find(in FlowTuple key, uint now)
    {
        uint place = _index.Find(key, key.Hash(_seed));
        if (place != 0 && _packets[place].IsExpired(now))
        {
            Remove(place);
            return 0;
        }

        return place;
    }

    /// <summary>Remembers a packet that is not in the table; nothing of it has passed yet.</summary>
    /// <param name="packet">The packet; the table sets its deadline and links.</param>
    /// <param name="now">The present.</param>
    /// <returns>Its place.</returns>
    public uint Add(in FragmentedPacket packet, uint now)
    {
        ref Ages ages = ref AgesOf(packet);
        uint limit = packet.Refusal == DropReason.None ? MaxPassing : MaxRefused;
        if (ages.Count == limit)
        {
            Remove(ages.Oldest);
        }

        uint place = TakeFree();
        _packets[place] = packet;
        _packets[place].Deadline = now + Lifetime;
        _coverage[place] = default;
        Append(ref ages, place);
        _index.Add(place, packet.Key.Hash(_seed));
        return place;
    }

    /// <summary>Marks a fragment's part of a packet that passes as having passed.</summary>
    /// <param name="place">The packet. It is forgotten if this completes it.</param>
    /// <param name="start">The first unit of eight octets.</param>
    /// <param name="end">The unit after the last.</param>
    /// <param name="isLast">True for the fragment that none follows.</param>
    /// <returns>False, with nothing marked, if any of it has passed before, or it lies beyond the packet's
    /// end.</returns>
    public bool TryPass(uint place, int start, int end, bool isLast)
    {
        ref FragmentedPacket packet = ref _packets[place];
        bool isBeyond = packet.Total != 0 && (isLast || end > packet.Total);
        if (isBeyond || (isLast && end < packet.End) || !_coverage[place].TryMark(start, end))
        {
            return false;
        }

        packet.Passed += (ushort)(end - start);
        packet.End = (ushort)int.Max(packet.End, end);
        packet.Total = isLast ? (ushort)end : packet.Total;
        if (packet.Passed == packet.Total)
        {
            Remove(place);
        }

        return true;
    }

    /// <summary>Forgets a packet.</summary>
    public void Remove(uint place)
    {
        ref FragmentedPacket packet = ref _packets[place];
        _index.Remove(place, packet.Key.Hash(_seed));
        TakeOut(ref AgesOf(packet), packet);
        packet = new FragmentedPacket { Younger = _free };
        _free = place;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _index.Dispose();
        _coverage.Dispose();
        _packets.Dispose();
    }

    private ref Ages AgesOf(in FragmentedPacket packet)
        => ref packet.Refusal == DropReason.None ? ref _passing : ref _refused;

    private uint TakeFree()
    {
        if (_free == 0)
        {
            return _unused++;
        }

        uint place = _free;
        _free = _packets[place].Younger;
        return place;
    }

    private void Append(ref Ages ages, uint place)
    {
        _packets[place].Older = ages.Youngest;
        _packets[place].Younger = 0;
        if (ages.Youngest != 0)
        {
            _packets[ages.Youngest].Younger = place;
        }

        ages.Youngest = place;
        ages.Oldest = ages.Oldest == 0 ? place : ages.Oldest;
        ages.Count++;
    }

    private void TakeOut(ref Ages ages, in FragmentedPacket packet)
    {
        if (packet.Older != 0)
        {
            _packets[packet.Older].Younger = packet.Younger;
        }
        else
        {
            ages.Oldest = packet.Younger;
        }

        if (packet.Younger != 0)
        {
            _packets[packet.Younger].Older = packet.Older;
        }
        else
        {
            ages.Youngest = packet.Older;
        }

        ages.Count--;
    }

    private readonly struct Keys(NativeArray<FragmentedPacket> packets) : ITupleKeys
    {
        public bool Holds(uint reference, FlowTuple tuple) => packets[reference].Key == tuple;
    }

    // A list through the packets in the order in which they came, which is that of their deadlines.
    private struct Ages
    {
        public uint Oldest;
        public uint Youngest;
        public uint Count;
    }
}
