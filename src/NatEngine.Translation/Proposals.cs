using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation.Tables;
using NatEngine.Translation.Tcp;
using NatEngine.Translation.Timing;

namespace NatEngine.Translation;

/// <summary>Has the last word on proposals, and makes sessions of them.</summary>
internal sealed class Proposals(TranslationTables tables, Timeouts timeouts, ExternalEnds externalEnds)
{
    private readonly InboundFilter _filter = new(tables);

    /// <summary>Decides about a session whose reply direction is known: it can be had unless another has the same.
    /// </summary>
    public DropReason Settle(in FlowTuple reply, uint now, ref Proposal proposal)
    {
        proposal.Reply = reply;
        proposal.ReplyHash = tables.Sessions.HashOf(reply);
        proposal.Expired = tables.Sessions.Find(reply, proposal.ReplyHash, 0) >> 1;
        return proposal.Expired != 0 && !tables.Sessions[proposal.Expired].IsExpired(now)
            ? DropReason.Conflict
            : DropReason.None;
    }

    /// <summary>Opens a session that was settled just before.</summary>
    /// <param name="packet">Its first packet.</param>
    /// <param name="hash">The hash of the packet's tuple.</param>
    /// <param name="now">The present.</param>
    /// <param name="proposal">The session.</param>
    /// <returns>Its place.</returns>
    public uint Open(in PacketFacts packet, ulong hash, uint now, ref Proposal proposal)
    {
        externalEnds.Take(ref proposal.End);
        uint mapping = proposal.End.Mapping;
        uint peer = proposal.Peer == mapping ? 0 : proposal.Peer;
        FlowTuple reply = proposal.Reply;
        Session session = SessionOf(packet, reply, proposal.Realms | proposal.Rules, now);
        FlowTuple contact = _filter.ContactOf(reply, proposal.Realms, mapping);
        uint index = tables.OpenSession(session, hash, proposal.ReplyHash, mapping, peer, contact);
        if (packet.Kind == PacketKind.Tcp)
        {
            tables.Windows?.Open(session, index, packet);
        }

        if (proposal.Expired != 0)
        {
            tables.Expire(proposal.Expired); // not before its mapping is in use again
        }

        return index;
    }

    private Session SessionOf(in PacketFacts packet, in FlowTuple reply, SessionFlags flags, uint now)
    {
        Session session = default;
        session.Tuples[(int)TupleDirection.Original] = packet.Tuple;
        session.Tuples[(int)TupleDirection.Reply] = reply;
        session.Flags = flags;
        session.State = packet.Kind == PacketKind.Tcp ? TcpTracker.Opening(packet.TcpFlags) : TcpState.None;
        session.Timer = packet.Kind switch
        {
            PacketKind.Tcp => TimerKind.TcpOpening,
            PacketKind.Udp => TimerKind.UdpUnreplied,
            PacketKind.IcmpQuery => TimerKind.IcmpQuery,
            _ => TimerKind.Other,
        };
        session.Deadline = now + timeouts[session.Timer];
        session.NetworkDelta = Deltas.OfAddresses(packet.Tuple, reply);
        session.TransportDelta = Deltas.OfTransport(packet.Tuple, reply);
        if ((packet.TcpFlags & TcpFlags.Fin) != 0)
        {
            session.State = TcpState.FinWait;
            session.Flags |= SessionFlags.OriginalFin;
        }

        return session;
    }
}
