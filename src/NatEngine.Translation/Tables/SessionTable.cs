using System;
using System.Diagnostics;
using NatEngine.Packets;
using NatEngine.Translation.Timing;

namespace NatEngine.Translation.Tables;

/// <summary>All sessions, found by either of their tuples and handed out when their time is over.</summary>
/// <remarks>A reference is a session's place times two, plus its <see cref="TupleDirection"/>. Place 0 is no session's,
/// so that reference 0 is none. A host that talks to its own external transport address has both ends of one session:
/// its two tuples are the same, and every packet goes in the original direction.</remarks>
internal sealed class SessionTable : IDisposable
{
    private readonly NativeArray<Session> _sessions;
    private readonly NativeArray<ColdSession> _cold;
    private readonly TupleIndex<Keys> _index;
    private readonly TimingWheel _wheel;
    private readonly ulong _seed;
    private readonly uint _capacity;
    private readonly int[] _byProtocol = new int[byte.MaxValue + 1];
    private uint _unused = 1;
    private uint _free;
    private uint _lastId;

    /// <summary>Makes an empty table for <paramref name="capacity"/> sessions.</summary>
    public SessionTable(uint capacity, ulong seed)
    {
        _capacity = capacity;
        _seed = seed;
        _sessions = new NativeArray<Session>(capacity + 1);
        _cold = new NativeArray<ColdSession>(capacity + 1);
        _index = new TupleIndex<Keys>(new Keys(_sessions), capacity * 2);
        _wheel = new TimingWheel(capacity);
    }

    /// <summary>How many sessions there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many there are of a protocol.</summary>
    public int CountOf(IpProtocol protocol) => _byProtocol[(byte)protocol];

    /// <summary>How many there can be.</summary>
    public uint Capacity => _capacity;

    /// <summary>True if there is no room for another.</summary>
    public bool IsFull => Count == _capacity;

    /// <summary>All places in use are below this one.</summary>
    public uint End => _unused;

    /// <summary>The session in place <paramref name="index"/>.</summary>
    public ref Session this[uint index] => ref _sessions[index];

    /// <summary>The rest of the session in place <paramref name="index"/>.</summary>
    public ref ColdSession Cold(uint index) => ref _cold[index];

    /// <summary>Hashes a tuple for the methods that ask for it.</summary>
    public ulong HashOf(FlowTuple tuple) => tuple.Hash(_seed);

    /// <summary>First step of a batched look-up: asks for the index's line.</summary>
    public void PrefetchIndex(ulong hash) => _index.Prefetch(hash);

    /// <summary>Second step: guesses the reference and asks for the session's line.</summary>
    public uint PrefetchSession(ulong hash)
    {
        uint guess = _index.Guess(hash);
        _sessions.Prefetch(guess >> 1);
        return guess;
    }

    /// <summary>Third step: the reference that stands for <paramref name="tuple"/>; 0 if there is none. The guess may
    /// be out of date.</summary>
    public uint Find(FlowTuple tuple, ulong hash, uint guess)
        => guess != 0 && _sessions[guess >> 1].Tuples[(int)(guess & 1)] == tuple ? guess : _index.Find(tuple, hash);

    /// <summary>The reference that stands for <paramref name="tuple"/>; 0 if there is none.</summary>
    public uint Find(in FlowTuple tuple) => _index.Find(tuple, HashOf(tuple));

    /// <summary>Adds a session whose tuples no other has. There must be room.</summary>
    /// <param name="session">The session.</param>
    /// <param name="originalHash">The hash of its original tuple.</param>
    /// <param name="replyHash">The hash of its reply tuple.</param>
    /// <param name="cold">The rest of it.</param>
    /// <returns>Its place.</returns>
    public uint Add(in Session session, ulong originalHash, ulong replyHash, in ColdSession cold)
    {
        Debug.Assert(!IsFull, "There is room.");
        uint index = _free;
        if (index == 0)
        {
            index = _unused++;
        }
        else
        {
            _free = _cold[index].Mapping;
        }

        PrefetchNext();
        _sessions[index] = session;
        _cold[index] = cold;
        _lastId = _lastId == uint.MaxValue ? 1 : _lastId + 1;
        _cold[index].Id = _lastId;
        _index.Add(index << 1, originalHash);
        if (session.Tuples[0] != session.Tuples[1])
        {
            _index.Add((index << 1) | 1, replyHash);
        }

        _wheel.Arm(index, session.Deadline);
        _byProtocol[(byte)session.Tuples[0].Protocol]++;
        Count++;
        return index;
    }

    /// <summary>Says what time it is, before a session is added.</summary>
    public void Advance(uint now) => _wheel.SkipTo(now);

    /// <summary>Removes a session.</summary>
    public void Remove(uint index)
    {
        ref Session session = ref _sessions[index];
        Debug.Assert(session.IsLive, "Only what is there is removed.");
        _wheel.Disarm(index);
        _index.Remove(index << 1, HashOf(session.Tuples[0]));
        if (session.Tuples[0] != session.Tuples[1])
        {
            _index.Remove((index << 1) | 1, HashOf(session.Tuples[1]));
        }

        _byProtocol[(byte)session.Tuples[0].Protocol]--;
        session = default;
        _cold[index] = new ColdSession { Mapping = _free };
        _free = index;
        Count--;
    }

    /// <summary>Moves a session's deadline closer. Moving it away needs no more than writing it.</summary>
    public void Hasten(uint index, uint deadline)
    {
        _sessions[index].Deadline = deadline;
        _wheel.Disarm(index);
        _wheel.Arm(index, deadline);
    }

    /// <summary>Looks for sessions whose time is over.</summary>
    /// <param name="now">The present.</param>
    /// <param name="budget">How many sessions to look at, at most; counted down.</param>
    /// <param name="index">The place of one whose time is over, still to be removed, but no longer armed.</param>
    /// <returns>False if there is none, or the budget is used up.</returns>
    public bool TryTakeExpired(uint now, ref int budget, out uint index)
    {
        while (budget > 0 && _wheel.TryTake(now, out index))
        {
            budget--;
            ref Session session = ref _sessions[index];
            if (session.IsExpired(now))
            {
                return true;
            }

            _wheel.Arm(index, session.Deadline);
        }

        index = 0;
        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _index.Dispose();
        _wheel.Dispose();
        _cold.Dispose();
        _sessions.Dispose();
    }

    // The lines of the place that the next session gets: who opens one opens another, and while this one is made, they
    // come.
    private void PrefetchNext()
    {
        uint next = _free == 0 ? _unused : _free;
        _sessions.Prefetch(next);
        _cold.Prefetch(next);
        _wheel.Prefetch(next);
    }

    private readonly struct Keys(NativeArray<Session> sessions) : ITupleKeys
    {
        public bool Holds(uint reference, FlowTuple tuple)
            => sessions[reference >> 1].Tuples[(int)(reference & 1)] == tuple;
    }
}
