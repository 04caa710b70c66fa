using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;
using NatEngine.Translation.Ports;
using NatEngine.Translation.Tcp;

namespace NatEngine.Translation.Tables;

/// <summary>Sessions, the mappings that they use and the ports that the mappings have: opened and ended together, so
/// that none outlives its use.</summary>
internal sealed class TranslationTables : IDisposable
{
    // The sessions with a shared port by their internal end, if anybody asks for the last of them.
    private readonly ContactTable? _sources;
    private readonly TranslationRecorder? _recorder;
    private uint _now;
    private long _created;
    private long _expired;
    private long _deleted;
    private long _mappingsCreated;
    private long _mappingsEnded;

    /// <summary>Makes empty tables, with the mappings of published services.</summary>
    public TranslationTables(TranslationOptions options, Random random)
    {
        IReadOnlyList<PoolOptions> pools = options.AllPools();
        Log = options.LogCapacity == 0 ? null : new TranslationLog(options.LogCapacity);
        Pools = new ExternalAddressPools(pools, Log, random, options.Slice);
        _recorder = Log is null ? null : new TranslationRecorder(Log, Pools);
        int dynamic = options.MaxMappings == 0 ? options.MaxSessions : options.MaxMappings;
        int published = options.Published.Count * Pools.Addresses.Count;
        Mappings = new MappingTable((uint)(dynamic + published), Pools.Addresses, (ulong)random.NextInt64());
        Sessions = new SessionTable((uint)options.MaxSessions, (ulong)random.NextInt64());
        Windows = options.TcpWindows == TcpWindowTracking.Off
            ? null
            : new WindowTracker(options.TcpWindows, Sessions.Capacity);
        PublishedMappings.Add(options, Pools, Mappings);

        // Nothing of it is ever touched unless the behaviour asks for it.
        Contacts = new ContactTable(Sessions.Capacity, (ulong)random.NextInt64());
        Subscribers = new SubscriberTable(options.Subscribers, Sessions.Capacity, (ulong)random.NextInt64());
        SharedPorts = pools.Any(pool => pool.Behavior.Overload || pool.TcpBehavior is { Overload: true })
            ? new SharedPorts(this)
            : null;
        _sources = pools.Any(pool => pool.Behavior.ReuseSourcePort || pool.TcpBehavior is { ReuseSourcePort: true })
            ? new ContactTable(Sessions.Capacity, (ulong)random.NextInt64())
            : null;
    }

    /// <summary>The external addresses and their ports.</summary>
    public ExternalAddressPools Pools { get; }

    /// <summary>The mappings.</summary>
    public MappingTable Mappings { get; }

    /// <summary>The sessions.</summary>
    public SessionTable Sessions { get; }

    /// <summary>Where the connections are in their sequence spaces; null unless anybody wants to know.</summary>
    public WindowTracker? Windows { get; }

    /// <summary>Whom outside the sessions go to, if the behaviour wants to know.</summary>
    public ContactTable Contacts { get; }

    /// <summary>What each internal address has, if there are limits.</summary>
    public SubscriberTable Subscribers { get; }

    /// <summary>Who has had which external port; null unless anybody wants to know.</summary>
    public TranslationLog? Log { get; }

    /// <summary>The present, as far as anybody has said.</summary>
    public uint Now => _now;

    /// <summary>The ports of sessions that have no mapping because external ports are overloaded; null unless some are.
    /// </summary>
    public SharedPorts? SharedPorts { get; }

    /// <summary>What has been opened and ended.</summary>
    public TranslationCounters Counters => new(_created, _expired, _deleted, _mappingsCreated, _mappingsEnded);

    /// <summary>Adds a dynamic mapping. There must be room, and the port must have been taken.</summary>
    public uint OpenMapping(in Mapping mapping)
    {
        _mappingsCreated++;
        Subscribers.PortTaken(mapping.Internal.Address, _now);
        _recorder?.Record(TranslationEventKind.MappingCreated, mapping, _now);
        return Mappings.Add(mapping);
    }

    /// <summary>Adds a session. There must be room.</summary>
    /// <param name="session">The session, its deadline set.</param>
    /// <param name="originalHash">The hash of its original tuple.</param>
    /// <param name="replyHash">The hash of its reply tuple.</param>
    /// <param name="mapping">The mapping that it uses; 0 if its external port is shared.</param>
    /// <param name="peer">The mapping of its other end, if it is hairpinned; else 0.</param>
    /// <param name="contact">Whom it goes to, if the behaviour wants to know; else all zero.</param>
    /// <returns>Its place.</returns>
    public uint OpenSession(
        in Session session, ulong originalHash, ulong replyHash, uint mapping, uint peer, in FlowTuple contact)
    {
        _created++;
        if (mapping != 0)
        {
            Mappings[mapping].Sessions++;
        }

        if (peer != 0)
        {
            Mappings[peer].Sessions++;
        }

        if (mapping == 0)
        {
            _recorder?.Record(TranslationEventKind.SessionCreated, session, _now);
        }

        Subscribers.SessionOpened(SubscriberOf(session), _now);
        uint place = Sessions.Add(
            session, originalHash, replyHash, new ColdSession { Mapping = mapping, PeerMapping = peer });
        if (contact != default)
        {
            Contacts.Join(place, contact);
            if (mapping == 0)
            {
                SharedPorts?.Opened(place);
                _ = _sources?.Join(place, SourceOf(session.Tuples[0]));
            }
        }

        return place;
    }

    /// <summary>Finds the external end of the last session with a shared port that the source of
    /// <paramref name="tuple"/> has opened.</summary>
    public bool TryFindLast(in FlowTuple tuple, out TransportAddress external)
    {
        uint contact = _sources is null ? 0 : _sources.Find(SourceOf(tuple));
        external = contact == 0
            ? default
            : Sessions[_sources![contact].First].Tuples[(int)TupleDirection.Reply].Destination;
        return contact != 0;
    }

    /// <summary>Ends a session because somebody asked for it.</summary>
    public void Delete(uint place)
    {
        _deleted++;
        End(place);
    }

    /// <summary>Ends sessions whose time is over.</summary>
    /// <param name="now">The present.</param>
    /// <param name="limit">How many sessions to look at, at most.</param>
    /// <returns>How many have ended.</returns>
    public int Expire(uint now, int limit)
    {
        _now = now;
        Pools.Release(now, limit);
        int ended = 0;
        while (Sessions.TryTakeExpired(now, ref limit, out uint place))
        {
            Expire(place);
            ended++;
        }

        return ended;
    }

    /// <summary>Says what time it is.</summary>
    public void Advance(uint now)
    {
        _now = now;
        Sessions.Advance(now);
    }

    /// <summary>Ends a session whose time is over.</summary>
    public void Expire(uint place)
    {
        _expired++;
        End(place);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        SharedPorts?.Dispose();
        _sources?.Dispose();
        Subscribers.Dispose();
        Contacts.Dispose();
        Windows?.Dispose();
        Sessions.Dispose();
        Mappings.Dispose();
        Pools.Dispose();
    }

    private void End(uint place)
    {
        ref ColdSession cold = ref Sessions.Cold(place);
        uint mapping = cold.Mapping;
        uint peer = cold.PeerMapping;
        if (Contacts.Of(place) != 0)
        {
            if (mapping == 0)
            {
                SharedPorts?.Ending(place);
                _sources?.Leave(place);
            }

            Contacts.Leave(place);
        }

        if (mapping == 0)
        {
            _recorder?.Record(TranslationEventKind.SessionEnded, Sessions[place], _now);
        }

        Subscribers.SessionEnded(SubscriberOf(Sessions[place]));
        Sessions.Remove(place);
        Leave(mapping);
        Leave(peer);
    }

    // Whose session it is: the opener's, if he is inside; else that of the one inside whom he visits.
    private static IPv4Address SubscriberOf(in Session session)
        => session.Tuples[session.IngressOf(TupleDirection.Original) == Realm.Internal ? 0 : 1].Source.Address;

    private static FlowTuple SourceOf(in FlowTuple tuple) => new(tuple.Source, default, tuple.Protocol);

    private void Leave(uint mapping)
    {
        if (mapping == 0)
        {
            return;
        }

        ref Mapping left = ref Mappings[mapping];
        left.Sessions--;
        if (left.Sessions == 0 && !left.IsPublished)
        {
            Subscribers.PortFreed(left.Internal.Address);
            _recorder?.Record(TranslationEventKind.MappingEnded, left, _now);
            Pools[left.Pool].Free(left, _now);
            Mappings.Remove(mapping);
            _mappingsEnded++;
        }
    }
}
