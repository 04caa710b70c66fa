using System;
using System.Diagnostics;
using NatEngine.Packets;
using NatEngine.Translation.Ports;

namespace NatEngine.Translation.Tables;

/// <summary>All mappings, found by their internal end through an index and by their external end through the port
/// spaces of the addresses.</summary>
internal sealed class MappingTable : IDisposable
{
    private readonly NativeArray<Mapping> _mappings;
    private readonly TupleIndex<Keys> _index;
    private readonly ExternalAddresses _addresses;
    private readonly ulong _seed;
    private readonly uint _capacity;
    private uint _unused = 1;
    private uint _free;

    /// <summary>Makes an empty table for <paramref name="capacity"/> mappings.</summary>
    public MappingTable(uint capacity, ExternalAddresses addresses, ulong seed)
    {
        _capacity = capacity;
        _addresses = addresses;
        _seed = seed;
        _mappings = new NativeArray<Mapping>(capacity + 1);
        _index = new TupleIndex<Keys>(new Keys(_mappings), capacity);
    }

    /// <summary>How many mappings there are.</summary>
    public int Count { get; private set; }

    /// <summary>True if there is no room for another.</summary>
    public bool IsFull => Count == _capacity;

    /// <summary>The mapping in place <paramref name="index"/>.</summary>
    public ref Mapping this[uint index] => ref _mappings[index];

    /// <summary>The external end of a mapping.</summary>
    public TransportAddress ExternalOf(uint index)
    {
        ref Mapping mapping = ref _mappings[index];
        return new TransportAddress(_addresses[mapping.ExternalAddress], mapping.ExternalPort);
    }

    /// <summary>Asks for the memory that <see cref="FindInternal"/> looks at first.</summary>
    public void Prefetch(in FlowTuple key) => _index.Prefetch(key.Hash(_seed));

    /// <summary>The mapping of an internal end towards the remote end that <paramref name="key"/> names, which is none
    /// in particular if mapping is endpoint-independent; 0 if it has none.</summary>
    public uint FindInternal(in FlowTuple key) => _index.Find(key, key.Hash(_seed));

    /// <summary>The mapping of an external end; 0 if it has none.</summary>
    public uint FindExternal(int address, ushort port, IpProtocol protocol)
        => protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Icmp
            ? _addresses.SpaceOf(address, protocol).MappingOf(port)
            : 0;

    /// <summary>Adds a mapping to a port that its caller has taken. There must be room.</summary>
    /// <param name="mapping">What is mapped.</param>
    /// <returns>Its place.</returns>
    public uint Add(in Mapping mapping)
    {
        Debug.Assert(!IsFull, "There is room.");
        uint index = _free;
        if (index == 0)
        {
            index = _unused++;
        }
        else
        {
            _free = _mappings[index].InternalAddress;
        }

        _mappings.Prefetch(_free == 0 ? _unused : _free); // the next one's, as for sessions
        _mappings[index] = mapping;
        _addresses.SpaceOf(mapping.ExternalAddress, mapping.Protocol).MappingOf(mapping.ExternalPort) = index;
        if (mapping.IsIndexed)
        {
            _index.Add(index, mapping.Key.Hash(_seed));
        }

        Count++;
        return index;
    }

    /// <summary>Removes a mapping. Its port is its caller's to give back.</summary>
    public void Remove(uint index)
    {
        ref Mapping mapping = ref _mappings[index];
        Debug.Assert(mapping.Sessions == 0 && mapping.Protocol != IpProtocol.None, "Nobody uses it any more.");
        if (mapping.IsIndexed)
        {
            _index.Remove(index, mapping.Key.Hash(_seed));
        }

        _addresses.SpaceOf(mapping.ExternalAddress, mapping.Protocol).MappingOf(mapping.ExternalPort) = 0;
        mapping = new Mapping { InternalAddress = _free };
        _free = index;
        Count--;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _index.Dispose();
        _mappings.Dispose();
    }

    private readonly struct Keys(NativeArray<Mapping> mappings) : ITupleKeys
    {
        public bool Holds(uint reference, FlowTuple tuple)
            => mappings[reference].Key == tuple;
    }
}
