using System;
using NatEngine.Packets;
using NatEngine.Packets.Headers;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>The end on the public side: it learns connections as they look after translation, and sends to them by
/// what it learned.</summary>
/// <param name="space">The connections.</param>
/// <param name="table">Its state table.</param>
/// <param name="translates">Whether the inside's addresses must not be seen here, or must.</param>
internal sealed class Responder(FlowSpace space, StateTable table, bool translates) : IEndRole
{
    private MacAddress _station;
    private MacAddress _nextHop;

    /// <summary>TCP connections that completed their handshake.</summary>
    public int Established { get; private set; }

    /// <inheritdoc/>
    public bool IsInitiator => false;

    /// <inheritdoc/>
    public Addressing AddressingOf(int flow) => new(_station, _nextHop, space.DestinationOf(flow), table[flow]);

    /// <inheritdoc/>
    public Addressing AddressingOfStranger(int number) => new(
        _station,
        _nextHop,
        StrangerNumber.SourceOf(number),
        new TransportAddress(table[table.Flows[0]].Address, StrangerNumber.PortOf(number)));

    /// <inheritdoc/>
    public void Learn(in EthernetHeader header)
    {
        _station = header.Destination;
        _nextHop = header.Source;
    }

    /// <inheritdoc/>
    public bool IsRight(in PacketFacts facts, in FrameTag tag)
    {
        TransportAddress inside = space.SourceOf(tag.Flow);
        TransportAddress remote = space.DestinationOf(tag.Flow);
        bool sourceIsRight = translates
            ? facts.Tuple.Source.Address != inside.Address
            : facts.Tuple.Source == inside;
        return sourceIsRight
            && facts.Tuple.Destination.Address == remote.Address
            && (facts.Kind == PacketKind.IcmpQuery || facts.Tuple.Destination.Port == remote.Port)
            && table.Note(tag.Flow, facts.Tuple.Source);
    }

    /// <inheritdoc/>
    public bool TryAnswer(in PacketFacts facts, int flow, Span<byte> answer)
    {
        if (facts.TcpFlags == TcpFlags.Syn)
        {
            FrameWriter.WriteControl(
                answer, AddressingOf(flow), TcpFlags.Syn | TcpFlags.Ack, facts.TcpSequence, facts.TcpSequence + 1);
            return true;
        }

        Established += facts.TcpFlags == TcpFlags.Ack ? 1 : 0;
        return false;
    }

    /// <summary>Forgets how many were established.</summary>
    public void Clear() => Established = 0;
}
