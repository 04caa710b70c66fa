using System;
using System.Diagnostics.CodeAnalysis;
using NatEngine.Packets;
using NatEngine.Packets.Headers;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>The end on the private side: it opens connections, and everything that is sent back must reach it where the
/// connection began.</summary>
/// <param name="space">The connections.</param>
/// <param name="station">The hardware address to send from.</param>
/// <param name="nextHop">That of the system under test.</param>
internal sealed class Initiator(FlowSpace space, MacAddress station, MacAddress nextHop) : IEndRole
{
    /// <inheritdoc/>
    public bool IsInitiator => true;

    /// <inheritdoc/>
    public Addressing AddressingOf(int flow)
        => new(station, nextHop, space.SourceOf(flow), space.DestinationOf(flow));

    /// <inheritdoc/>
    public Addressing AddressingOfStranger(int number)
        => throw new NotSupportedException("Strangers come from outside.");

    /// <inheritdoc/>
    public void Learn(in EthernetHeader header)
    {
        // It knows the stations of its link from the start.
    }

    /// <inheritdoc/>
    public bool IsRight(in PacketFacts facts, in FrameTag tag)
    {
        TransportAddress remote = space.DestinationOf(tag.Flow);
        return facts.Tuple.Destination == space.SourceOf(tag.Flow)
            && facts.Tuple.Source.Address == remote.Address

            // A ping has no port there.
            && (facts.Kind == PacketKind.IcmpQuery || facts.Tuple.Source.Port == remote.Port);
    }

    /// <inheritdoc/>
    [SuppressMessage("Style", "IDE0060", Justification = "The contract's.")]
    public bool TryAnswer(in PacketFacts facts, int flow, Span<byte> answer)
    {
        if (facts.TcpFlags != (TcpFlags.Syn | TcpFlags.Ack))
        {
            return false;
        }

        FrameWriter.WriteControl(
            answer, AddressingOf(flow), TcpFlags.Ack, facts.TcpAcknowledgment, facts.TcpSequence + 1);
        return true;
    }
}
