using System;
using System.Collections.Generic;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Forwarding;

/// <summary>
/// The hosts and routers on both links that packets are sent to, by number: states, timers and what is to be asked.
/// Knows no frames.
/// </summary>
/// <remarks>
/// <para>A number is given to <c>Translator.SetNextHop</c> and comes back with each packet of the session, so that a
/// packet on its way costs an index into <see cref="this"/> and no search. Number 0 is nobody's and takes no packet.
/// </para>
/// <para>Between two requests for one address there is always <see cref="RetryInterval"/> (RFC 1122 section 2.3.2.1:
/// at most one a second).</para>
/// <para>Nothing is allocated after construction.</para>
/// </remarks>
internal sealed class NeighbourTable
{
    internal const int MaxBroadcasts = 3;
    internal const int MaxUnicasts = 3;

    internal static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    // Linux's base_reachable_time; RFC 1122 asks for "on the order of a minute".
    internal static readonly TimeSpan ReachableTime = TimeSpan.FromSeconds(30);
    internal static readonly TimeSpan StaleTime = TimeSpan.FromMinutes(10);
    internal static readonly TimeSpan FailedTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ScanInterval = TimeSpan.FromMilliseconds(100);

    private const int MaxQuestions = 256;
    private const long Never = long.MaxValue;

    private readonly Neighbour[] _neighbours;
    private readonly Resolution[] _resolutions;
    private readonly long[] _deadlines;
    private readonly Dictionary<(Realm Realm, IPv4Address Address), ushort> _numbers;
    private readonly Stack<ushort> _free;
    private readonly Queue<ArpQuestion> _questions = new(MaxQuestions);
    private readonly WaitingPackets _waiting;
    private Timestamp _nextScan;

    internal NeighbourTable(int capacity, WaitingPackets waiting)
    {
        _neighbours = new Neighbour[capacity + 1];
        _resolutions = new Resolution[capacity + 1];
        _deadlines = new long[capacity + 1];
        Array.Fill(_deadlines, Never);
        _numbers = new Dictionary<(Realm, IPv4Address), ushort>(capacity);
        _free = new Stack<ushort>(capacity);
        for (int number = capacity; number > 0; number--)
        {
            _free.Push((ushort)number);
        }

        _waiting = waiting;
    }

    /// <summary>How many neighbours are known or asked for.</summary>
    internal int Count => _numbers.Count;

    /// <summary>True if there is no room for another.</summary>
    internal bool IsFull => _free.Count == 0;

    /// <summary>What a packet needs of neighbour <paramref name="number"/>.</summary>
    internal ref readonly Neighbour this[ushort number] => ref _neighbours[number];

    internal NeighbourState StateOf(ushort number) => _resolutions[number].State;

    internal bool TryFind(Realm realm, IPv4Address address, out ushort number)
        => _numbers.TryGetValue((realm, address), out number);

    /// <summary>The number of a neighbour, known or new.</summary>
    /// <returns>0 if the table is full. Who does not answer makes room after <see cref="FailedTime"/>.</returns>
    internal ushort FindOrAdd(Realm realm, IPv4Address address, bool isRouter)
    {
        if (!_numbers.TryGetValue((realm, address), out ushort number))
        {
            if (!_free.TryPop(out number))
            {
                return 0;
            }

            _numbers.Add((realm, address), number);
            _neighbours[number] = new Neighbour { Address = address };
            _resolutions[number] = new Resolution { Realm = realm };
        }

        _neighbours[number].IsRouter |= isRouter;
        return number;
    }

    /// <summary>Prepares a neighbour for a packet to it: asks for its address if that is unknown or old.</summary>
    internal void Use(ushort number, Timestamp now)
    {
        switch (_resolutions[number].State)
        {
            case NeighbourState.None or NeighbourState.Failed:
                Enter(number, NeighbourState.Incomplete, now);
                Ask(number, now);
                break;
            case NeighbourState.Stale:
                Enter(number, NeighbourState.Probe, now);
                Ask(number, now);
                break;
            default:
                break;
        }
    }

    /// <summary>Takes what a neighbour said of itself in an ARP packet (RFC 826: whoever it was for, what is known is
    /// updated).</summary>
    /// <param name="number">The neighbour.</param>
    /// <param name="station">The hardware address it gave.</param>
    /// <param name="isReply">True for an answer to us: it confirms that the neighbour hears us. Anything else only says
    /// where it would be, and is probed when used.</param>
    /// <param name="now">When.</param>
    internal void Learn(ushort number, MacAddress station, bool isReply, Timestamp now)
    {
        ref Neighbour neighbour = ref _neighbours[number];
        NeighbourState state = _resolutions[number].State;
        bool isAwaited = isReply && state is NeighbourState.Incomplete or NeighbourState.Probe;
        if (!isAwaited && neighbour.Station == station)
        {
            return;
        }

        neighbour.Station = station;
        Enter(number, isAwaited ? NeighbourState.Reachable : NeighbourState.Stale, now);
        _waiting.Settle(number);
    }

    /// <summary>Lets time pass: repeats requests, gives up, forgets.</summary>
    internal void Advance(Timestamp now)
    {
        if (now < _nextScan)
        {
            return;
        }

        _nextScan = now.Add(ScanInterval);
        for (int number = 1; number < _deadlines.Length; number++)
        {
            if (_deadlines[number] <= now.Milliseconds)
            {
                Expire((ushort)number, now);
            }
        }
    }

    /// <summary>Takes the next request that is to be sent.</summary>
    internal bool TryTakeQuestion(out ArpQuestion question) => _questions.TryDequeue(out question);

    private void Expire(ushort number, Timestamp now)
    {
        ref Resolution resolution = ref _resolutions[number];
        switch (resolution.State)
        {
            case NeighbourState.Incomplete when resolution.Requests < MaxBroadcasts:
            case NeighbourState.Probe when resolution.Requests < MaxUnicasts + MaxBroadcasts:
                Ask(number, now);
                break;
            case NeighbourState.Incomplete or NeighbourState.Probe:
                _neighbours[number].Station = default;
                Enter(number, NeighbourState.Failed, now);
                _waiting.Settle(number);
                break;
            case NeighbourState.Reachable:
                Enter(number, NeighbourState.Stale, now);
                break;
            default:
                Forget(number);
                break;
        }
    }

    // A probe asks the station itself first, so that a neighbour that is there costs the link's others nothing; then
    // everyone, in case the address has moved to another station.
    private void Ask(ushort number, Timestamp now)
    {
        ref Resolution resolution = ref _resolutions[number];
        ref Neighbour neighbour = ref _neighbours[number];
        bool tooSoon = now.Milliseconds < resolution.MayAskAt;
        _deadlines[number] = tooSoon ? resolution.MayAskAt : now.Add(RetryInterval).Milliseconds;
        if (tooSoon || _questions.Count == MaxQuestions)
        {
            return; // asked at the deadline instead
        }

        bool unicast = resolution.State == NeighbourState.Probe && resolution.Requests < MaxUnicasts;
        _questions.Enqueue(new ArpQuestion(
            resolution.Realm, neighbour.Address, unicast ? neighbour.Station : MacAddress.Broadcast));
        resolution.Requests++;
        resolution.MayAskAt = _deadlines[number];
    }

    private void Enter(ushort number, NeighbourState state, Timestamp now)
    {
        ref Resolution resolution = ref _resolutions[number];
        resolution.State = state;
        resolution.Requests = 0;
        _neighbours[number].IsSettled = state is NeighbourState.Reachable or NeighbourState.Probe;
        _deadlines[number] = state switch
        {
            NeighbourState.Reachable => now.Add(ReachableTime).Milliseconds,
            NeighbourState.Stale => now.Add(StaleTime).Milliseconds,
            NeighbourState.Failed => now.Add(FailedTime).Milliseconds,
            _ => Never,
        };
    }

    private void Forget(ushort number)
    {
        _deadlines[number] = Never;
        if (_neighbours[number].IsRouter)
        {
            return; // Sessions hold its number: it is never given to another (see Neighbour.Takes).
        }

        _numbers.Remove((_resolutions[number].Realm, _neighbours[number].Address));
        _neighbours[number] = default;
        _resolutions[number] = default;
        _free.Push(number);
    }

    private struct Resolution
    {
        public NeighbourState State;
        public Realm Realm;
        public byte Requests;
        public long MayAskAt; // milliseconds, as Timestamp
    }
}
