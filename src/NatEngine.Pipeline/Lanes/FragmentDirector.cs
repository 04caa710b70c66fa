using System;
using System.Collections.Generic;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Lanes;

/// <summary>Knows the lanes of packets that come from outside in fragments, of which only the first has the ports. All
/// fragments of a packet come to one lane, which directs them to that of the port.</summary>
/// <remarks>It remembers a bounded number of packets, the youngest, for as long as fragments wait for each other.
/// What is its own lane's it need not remember: translation does. Nothing is allocated after construction.</remarks>
internal sealed class FragmentDirector
{
    /// <summary>No lane: the first fragment has not come yet, or it is this lane's.</summary>
    internal const int Unknown = -1;

    /// <summary>How many packets are remembered.</summary>
    internal const int Capacity = 1024;

    // RFC 791's lower bound for reassembly is 15 s; what is only out of order comes within milliseconds.
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(15);

    private readonly Dictionary<FlowTuple, int> _places = new(Capacity);
    private readonly FlowTuple[] _keys = new FlowTuple[Capacity];
    private readonly int[] _lanes = new int[Capacity];
    private readonly long[] _deadlines = new long[Capacity];
    private int _next;

    /// <summary>The lane that a packet was directed to.</summary>
    internal int LaneOf(in FlowTuple key, Timestamp now)
        => _places.TryGetValue(key, out int place) && now.Milliseconds < _deadlines[place] ? _lanes[place] : Unknown;

    /// <summary>Remembers where a packet's first fragment was directed to.</summary>
    internal void Direct(in FlowTuple key, int lane, Timestamp now)
    {
        if (!_places.TryGetValue(key, out int place))
        {
            place = _next;
            _next = (_next + 1) % Capacity;
            if (_deadlines[place] != 0)
            {
                _places.Remove(_keys[place]);
            }

            _places.Add(key, place);
            _keys[place] = key;
        }

        _lanes[place] = lane;
        _deadlines[place] = now.Add(Memory).Milliseconds;
    }
}
