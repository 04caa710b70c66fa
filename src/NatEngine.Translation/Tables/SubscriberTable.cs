using System;
using NatEngine.Packets;
using NatEngine.Translation.Explaining;

namespace NatEngine.Translation.Tables;

/// <summary>All internal addresses that have anything, if there are limits to what they may have. Without limits
/// nothing is kept.</summary>
internal sealed class SubscriberTable : IDisposable
{
    private readonly SubscriberLimits _limits;
    private readonly NativeArray<Subscriber> _subscribers;
    private readonly TupleIndex<Keys> _index;
    private readonly ulong _seed;
    private uint _unused = 1;
    private uint _free;

    /// <summary>Makes an empty table. Every subscriber has a session, but for one that is just about to.</summary>
    public SubscriberTable(SubscriberLimits limits, uint sessions, ulong seed)
    {
        _limits = limits;
        _seed = seed;
        uint places = limits.Any ? sessions + 1 : 0;
        _subscribers = new NativeArray<Subscriber>(places + 1);
        _index = new TupleIndex<Keys>(new Keys(_subscribers), places);
    }

    /// <summary>True if an address may have another session now.</summary>
    public bool AllowsSession(IPv4Address address, uint now)
    {
        uint place = Find(address);
        if (place == 0)
        {
            return true;
        }

        ref Subscriber subscriber = ref _subscribers[place];
        return (_limits.Sessions == 0 || subscriber.Sessions < _limits.Sessions)
            && (_limits.NewSessionsPerSecond == 0 || Allowance(subscriber, now) >= 1000);
    }

    /// <summary>True if an address may have another mapping.</summary>
    public bool AllowsPort(IPv4Address address)
    {
        uint place = _limits.Ports == 0 ? 0 : Find(address);
        return place == 0 || _subscribers[place].Ports < _limits.Ports;
    }

    /// <summary>What an address has of what it may have; null if there are no limits.</summary>
    public SubscriberStanding? StandingOf(IPv4Address address, uint now)
    {
        if (!_limits.Any)
        {
            return null;
        }

        uint place = Find(address);
        return place == 0
            ? new SubscriberStanding(address, _limits, 0, 0, (uint)_limits.NewSessionsPerSecond)
            : new SubscriberStanding(
                address, _limits, _subscribers[place].Sessions, _subscribers[place].Ports,
                Allowance(_subscribers[place], now) / 1000);
    }

    /// <summary>Counts a session that has opened.</summary>
    public void SessionOpened(IPv4Address address, uint now)
    {
        if (!_limits.Any)
        {
            return;
        }

        ref Subscriber subscriber = ref FindOrAdd(address, now);
        subscriber.Sessions++;
        if (_limits.NewSessionsPerSecond != 0)
        {
            subscriber.Allowance = Math.Max(Allowance(subscriber, now), 1000) - 1000;
            subscriber.Counted = now;
        }
    }

    /// <summary>Counts a session that has ended.</summary>
    public void SessionEnded(IPv4Address address)
    {
        if (_limits.Any)
        {
            uint place = Find(address);
            _subscribers[place].Sessions--;
            RemoveIfIdle(place);
        }
    }

    /// <summary>Counts a mapping that has been made.</summary>
    public void PortTaken(IPv4Address address, uint now)
    {
        if (_limits.Any)
        {
            FindOrAdd(address, now).Ports++;
        }
    }

    /// <summary>Counts a mapping that has ended.</summary>
    public void PortFreed(IPv4Address address)
    {
        if (_limits.Any)
        {
            uint place = Find(address);
            _subscribers[place].Ports--;
            RemoveIfIdle(place);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _index.Dispose();
        _subscribers.Dispose();
    }

    private static FlowTuple KeyOf(IPv4Address address)
        => new(new TransportAddress(address, 0), default, IpProtocol.None);

    // A bucket that fills by the limit per second and holds a second's worth.
    private uint Allowance(in Subscriber subscriber, uint now)
    {
        ulong earned = (ulong)(now - subscriber.Counted) * (uint)_limits.NewSessionsPerSecond;
        return (uint)Math.Min(subscriber.Allowance + earned, (ulong)_limits.NewSessionsPerSecond * 1000);
    }

    private uint Find(IPv4Address address)
    {
        FlowTuple key = KeyOf(address);
        return _index.Find(key, key.Hash(_seed));
    }

    private ref Subscriber FindOrAdd(IPv4Address address, uint now)
    {
        uint place = Find(address);
        if (place != 0)
        {
            return ref _subscribers[place];
        }

        place = _free;
        if (place == 0)
        {
            place = _unused++;
        }
        else
        {
            _free = _subscribers[place].Address;
        }

        ref Subscriber subscriber = ref _subscribers[place];
        subscriber = new Subscriber
        {
            Address = address.Value,
            Allowance = (uint)_limits.NewSessionsPerSecond * 1000,
            Counted = now,
        };
        _index.Add(place, KeyOf(address).Hash(_seed));
        return ref subscriber;
    }

    private void RemoveIfIdle(uint place)
    {
        ref Subscriber subscriber = ref _subscribers[place];
        if (subscriber.Sessions == 0 && subscriber.Ports == 0)
        {
            _index.Remove(place, KeyOf(new IPv4Address(subscriber.Address)).Hash(_seed));
            subscriber = new Subscriber { Address = _free };
            _free = place;
        }
    }

    private readonly struct Keys(NativeArray<Subscriber> subscribers) : ITupleKeys
    {
        public bool Holds(uint reference, FlowTuple tuple)
            => KeyOf(new IPv4Address(subscribers[reference].Address)) == tuple;
    }
}
