using System;
using NatEngine.Packets;
using NatEngine.Translation.Ports;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation;

/// <summary>Guesses what the sessions that a batch is going to open from inside will look at, and asks for that memory
/// while none of them is opened yet: for all at once, not for one after the other.</summary>
/// <remarks>
/// <para>A session that has a mapping already, or keeps its own port, takes no draw: those after it get other ports
/// than was guessed, and nothing is lost but the hint.</para>
/// <para>Of few sessions all is in the processor's caches anyway, and to guess ports costs more than it saves.</para>
/// </remarks>
internal sealed class Foresight(TranslationTables tables, DrawnAhead chance)
{
    private const int Many = 65_536;

    private readonly MappingTable _mappings = tables.Mappings;
    private readonly SessionTable _sessions = tables.Sessions;
    private readonly ExternalAddressPools _pools = tables.Pools;
    private readonly ExternalAddresses _addresses = tables.Pools.Addresses;

    // By newcomer: its packet's place in the batch, and the number of its external address.
    private readonly byte[] _packets = new byte[DrawnAhead.Horizon];
    private readonly int[] _numbers = new int[DrawnAhead.Horizon];
    private int _count;

    /// <summary>Notes that a packet is going to open a session, and asks for what is looked at first: the mapping's
    /// place in the index, and the word of the port that will be drawn.</summary>
    /// <param name="batch">The batch, no longer than <see cref="DrawnAhead.Horizon"/>.</param>
    /// <param name="index">The packet's place in it.</param>
    public void Note(ReadOnlySpan<PacketFacts> batch, int index)
    {
        FlowTuple tuple = batch[index].Tuple;
        ExternalAddressPool pool = _pools.Of(tuple.Source.Address);
        _mappings.Prefetch(ExternalEnds.KeyOf(tuple, pool.BehaviorOf(tuple.Protocol).Mapping));
        if (_sessions.Count >= Many && pool.CanForesee(tuple.Protocol))
        {
            int number = pool.NumberAt(pool.PairedWith(tuple.Source.Address));
            pool.ChooserOf(tuple.Protocol).Prefetch(
                _addresses.SpaceOf(number, tuple.Protocol), pool.Ports, chance.Foresee(_count));
            _packets[_count] = (byte)index;
            _numbers[_count++] = number;
        }
    }

    /// <summary>Asks for what depends on the ports of those that were noted: their entries, and where their answers are
    /// looked for. Forgets them.</summary>
    /// <param name="batch">The same batch.</param>
    public void Conclude(ReadOnlySpan<PacketFacts> batch)
    {
        for (int newcomer = 0; newcomer < _count; newcomer++)
        {
            FlowTuple tuple = batch[_packets[newcomer]].Tuple;
            int number = _numbers[newcomer];
            ExternalAddressPool pool = _pools.Of(tuple.Source.Address);
            PortSpace space = _addresses.SpaceOf(number, tuple.Protocol);
            ushort port = pool.ChooserOf(tuple.Protocol).Foresee(
                space, pool.Ports, tuple.Source.Port, chance.Foresee(newcomer));
            space.Prefetch(port);
            _sessions.PrefetchIndex(_sessions.HashOf(new FlowTuple(
                tuple.Destination, new TransportAddress(_addresses[number], port), tuple.Protocol)));
        }

        _count = 0;
    }
}
