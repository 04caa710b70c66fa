using System;
using NatEngine.Packets;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation.Ports;

/// <summary>Overloading (RFC 7857 section 3): an external port serves every session whose remote endpoint no other
/// session on that port has. So each remote endpoint has the whole range to itself.</summary>
/// <remarks>
/// <para>A remote endpoint with few sessions needs no book-keeping: the next port from a random one on is free but for
/// few, and the session index says so. One with <see cref="Many"/> gets a <see cref="PortSet"/> of its own, and finding
/// the last free port costs what finding the first does.</para>
/// <para>The sets cannot run out: one is made for <see cref="Many"/> sessions, given back when half of them are left,
/// and there is one for every <see cref="Many"/> / 2 sessions of the table.</para>
/// </remarks>
internal sealed class SharedPorts : IDisposable
{
    private const uint Many = 256;

    private readonly ExternalAddresses _addresses;
    private readonly SessionTable _sessions;
    private readonly ContactTable _contacts;
    private readonly NativeArray<ulong> _words;
    private readonly uint[] _freeSets;
    private int _freeCount;

    /// <summary>Makes sets for the sessions of <paramref name="tables"/>.</summary>
    public SharedPorts(TranslationTables tables)
    {
        _addresses = tables.Pools.Addresses;
        _sessions = tables.Sessions;
        _contacts = tables.Contacts;
        _freeCount = (int)(_sessions.Capacity / (Many / 2)) + 1;
        _freeSets = new uint[_freeCount];
        for (int index = 0; index < _freeCount; index++)
        {
            _freeSets[index] = (uint)(_freeCount - index); // 1 on top: low ones are used first
        }

        _words = new NativeArray<ulong>((uint)(_freeCount * PortSet.Words));
    }

    /// <summary>What the sessions of a remote endpoint that see one external address have in common.</summary>
    /// <param name="reply">What answers look like.</param>
    public static FlowTuple ContactOf(in FlowTuple reply)
        => new(reply.Source, new TransportAddress(reply.Destination.Address, 0), reply.Protocol);

    /// <summary>Finds a port for a session.</summary>
    /// <param name="chooser">Chooses it.</param>
    /// <param name="external">The external address, by its number.</param>
    /// <param name="reply">What answers look like, but for the port.</param>
    /// <param name="within">Which ports it may be.</param>
    /// <param name="like">The internal end's port.</param>
    /// <param name="random">Chance.</param>
    /// <param name="set">The set to <see cref="Take"/> it from; 0 if the remote endpoint has none.</param>
    /// <returns>The port, or <see cref="PortSet.None"/> if the remote endpoint's sessions have them all.</returns>
    public int Find(
        PortChooser chooser, int external, in FlowTuple reply, PortRange within, ushort like, Random random,
        out uint set)
    {
        PortSpace space = _addresses.SpaceOf(external, reply.Protocol);
        uint place = _contacts.Find(ContactOf(reply));
        uint taken = place == 0 ? 0 : _contacts[place].Sessions;
        set = place == 0 ? 0 : _contacts[place].Ports;
        return set != 0
            ? chooser.Find(space, SetOf(set), within, like, random)
            : chooser.Find(space, within, like, _sessions, reply, taken, random);
    }

    /// <summary>True if the sessions of a remote endpoint do not have a port.</summary>
    /// <param name="external">The external address, by its number.</param>
    /// <param name="reply">What answers look like, but for the port.</param>
    /// <param name="port">The port.</param>
    /// <param name="set">The set to <see cref="Take"/> it from; 0 if the remote endpoint has none.</param>
    public bool IsFree(int external, in FlowTuple reply, ushort port, out uint set)
    {
        uint place = _contacts.Find(ContactOf(reply));
        set = place == 0 ? 0 : _contacts[place].Ports;
        if (set != 0)
        {
            return SetOf(set).IsFree(port);
        }

        FlowTuple tuple = new(reply.Source, new TransportAddress(reply.Destination.Address, port), reply.Protocol);
        return _addresses.SpaceOf(external, reply.Protocol).Free.IsFree(port) && _sessions.Find(tuple) == 0;
    }

    /// <summary>How many ports of a range the sessions of a remote endpoint do not have. Looks at all of them if there
    /// are few.</summary>
    /// <param name="external">The external address, by its number.</param>
    /// <param name="reply">What answers look like, but for the port.</param>
    /// <param name="within">Which ports.</param>
    public int CountFree(int external, in FlowTuple reply, PortRange within)
    {
        PortSet free = _addresses.SpaceOf(external, reply.Protocol).Free;
        uint place = _contacts.Find(ContactOf(reply));
        if (place == 0 || _contacts[place].Ports != 0)
        {
            return (place == 0 ? free : SetOf(_contacts[place].Ports)).CountFree(within);
        }

        int count = free.CountFree(within);
        for (uint session = _contacts[place].First; session != 0; session = _contacts.Next(session))
        {
            ushort port = PortOf(session);
            count -= within.Contains(port) && free.IsFree(port) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Takes a port that was found in a set.</summary>
    public void Take(uint set, ushort port) => _ = SetOf(set).TryTake(port);

    /// <summary>Keeps the books when a session has opened that a port was taken for.</summary>
    public void Opened(uint session)
    {
        ref Contact contact = ref _contacts[_contacts.Of(session)];
        if (contact.Ports == 0 && contact.Sessions >= Many)
        {
            contact.Ports = _freeSets[--_freeCount];
            PortSet set = SetOf(contact.Ports);
            _ = _addresses.TryFind(contact.Key.Destination.Address, out int external);
            set.CopyFrom(_addresses.SpaceOf(external, contact.Key.Protocol).Free);
            for (uint other = contact.First; other != 0; other = _contacts.Next(other))
            {
                _ = set.TryTake(PortOf(other));
            }
        }
    }

    /// <summary>Keeps the books when such a session is about to end.</summary>
    public void Ending(uint session)
    {
        ref Contact contact = ref _contacts[_contacts.Of(session)];
        if (contact.Ports == 0)
        {
            return;
        }

        SetOf(contact.Ports).Release(PortOf(session));
        if (contact.Sessions <= Many / 2)
        {
            _freeSets[_freeCount++] = contact.Ports;
            contact.Ports = 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _words.Dispose();

    private PortSet SetOf(uint place) => new(_words, (place - 1) * PortSet.Words);

    private ushort PortOf(uint session) => _sessions[session].Tuples[(int)TupleDirection.Reply].Destination.Port;
}
