using System;
using NatEngine.Packets;

namespace NatEngine.Translation.Tables;

/// <summary>All contacts, each with the list of its sessions.</summary>
internal sealed class ContactTable : IDisposable
{
    private readonly NativeArray<Contact> _contacts;
    private readonly NativeArray<Link> _links;
    private readonly TupleIndex<Keys> _index;
    private readonly ulong _seed;
    private uint _unused = 1;
    private uint _free;

    /// <summary>Makes an empty table for the contacts of so many sessions.</summary>
    public ContactTable(uint sessions, ulong seed)
    {
        _seed = seed;
        _contacts = new NativeArray<Contact>(sessions + 1);
        _links = new NativeArray<Link>(sessions + 1);
        _index = new TupleIndex<Keys>(new Keys(_contacts), sessions);
    }

    /// <summary>The contact in place <paramref name="index"/>.</summary>
    public ref Contact this[uint index] => ref _contacts[index];

    /// <summary>The contact with that key; 0 if there is none.</summary>
    public uint Find(in FlowTuple key) => _index.Find(key, key.Hash(_seed));

    /// <summary>The contact of a session; 0 if it has none.</summary>
    public uint Of(uint session) => _links[session].Contact;

    /// <summary>The session after <paramref name="session"/> in its contact's list; 0 after the last.</summary>
    public uint Next(uint session) => _links[session].Next;

    /// <summary>Adds a session to the contact with that key, which is made if there is none.</summary>
    /// <returns>The contact's place.</returns>
    public uint Join(uint session, in FlowTuple key)
    {
        uint place = Find(key);
        place = place == 0 ? Add(key) : place;
        ref Contact contact = ref _contacts[place];
        _links[session] = new Link { Contact = place, Next = contact.First };
        if (contact.First != 0)
        {
            _links[contact.First].Previous = session;
        }

        contact.First = session;
        contact.Sessions++;
        return place;
    }

    /// <summary>Takes a session out of its contact, which ends with its last session.</summary>
    public void Leave(uint session)
    {
        Link link = _links[session];
        _links[session] = default;
        ref Contact contact = ref _contacts[link.Contact];
        if (link.Next != 0)
        {
            _links[link.Next].Previous = link.Previous;
        }

        if (link.Previous != 0)
        {
            _links[link.Previous].Next = link.Next;
        }
        else
        {
            contact.First = link.Next;
        }

        contact.Sessions--;
        if (contact.Sessions == 0)
        {
            _index.Remove(link.Contact, contact.Key.Hash(_seed));
            contact = new Contact { Sessions = _free };
            _free = link.Contact;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _index.Dispose();
        _links.Dispose();
        _contacts.Dispose();
    }

    private uint Add(in FlowTuple key)
    {
        uint place = _free;
        if (place == 0)
        {
            place = _unused++;
        }
        else
        {
            _free = _contacts[place].Sessions;
        }

        _contacts[place] = new Contact { Key = key };
        _index.Add(place, key.Hash(_seed));
        return place;
    }

    private struct Link
    {
        public uint Contact;
        public uint Next;
        public uint Previous;
    }

    private readonly struct Keys(NativeArray<Contact> contacts) : ITupleKeys
    {
        public bool Holds(uint reference, FlowTuple tuple) => contacts[reference].Key == tuple;
    }
}
