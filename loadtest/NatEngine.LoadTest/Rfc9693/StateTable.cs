using System;
using System.Collections.Generic;
using System.Threading;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>The responder's memory of connections: how each looks after translation (RFC 9693 section 4.1).</summary>
/// <remarks>One thread at a time writes; <see cref="Count"/> may be read by another meanwhile. Nothing is allocated
/// after it is made.</remarks>
internal sealed class StateTable(int flows)
{
    // A connection's external end; port 0 of address 0 where there is none yet.
    private readonly TransportAddress[] _external = new TransportAddress[flows];
    private readonly int[] _arrived = new int[flows];
    private int _count;

    /// <summary>How many connections are known.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The connections that are known, in the order in which they appeared.</summary>
    public ReadOnlySpan<int> Flows => _arrived.AsSpan(0, Count);

    /// <summary>The external end of a connection; default if it is not known.</summary>
    public TransportAddress this[int flow] => _external[flow];

    /// <summary>Whether a connection is known.</summary>
    public bool Knows(int flow) => _external[flow] != default;

    /// <summary>Notes where a connection's frame came from.</summary>
    /// <returns>False if the connection is known to come from elsewhere: its translation changed.</returns>
    public bool Note(int flow, TransportAddress seenFrom)
    {
        ref TransportAddress external = ref _external[flow];
        if (external == default)
        {
            external = seenFrom;
            _arrived[_count] = flow;
            Volatile.Write(ref _count, _count + 1);
            return true;
        }

        return external == seenFrom;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_external);
        _count = 0;
    }

    /// <summary>Forgets some connections; the others keep their order.</summary>
    public void Forget(ReadOnlySpan<int> flows)
    {
        foreach (int flow in flows)
        {
            _external[flow] = default;
        }

        int kept = 0;
        foreach (int flow in Flows)
        {
            if (Knows(flow))
            {
                _arrived[kept++] = flow;
            }
        }

        Volatile.Write(ref _count, kept);
    }

    /// <summary>Counts the connections that look the same from outside as an earlier one: an answer to one of them
    /// could be meant for either.</summary>
    public int CountShared(FlowSpace space)
    {
        HashSet<(TransportAddress External, TransportAddress Remote)> tuples = new(Count);
        int shared = 0;
        foreach (int flow in Flows)
        {
            shared += tuples.Add((_external[flow], space.DestinationOf(flow))) ? 0 : 1;
        }

        return shared;
    }
}
