using NatEngine.Packets;
using NatEngine.Translation.Ports;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation;

/// <summary>Puts into the log what has to be known of mappings and sessions to say later who had an external port, and
/// no more than that.</summary>
/// <remarks>The ports of a block are known by the block's events, computed ones by the computation; published services
/// and what rules redirect inside, by the configuration.</remarks>
internal sealed class TranslationRecorder(TranslationLog log, ExternalAddressPools pools)
{
    /// <summary>Writes down a dynamic mapping.</summary>
    public void Record(TranslationEventKind kind, in Mapping mapping, uint now)
    {
        ExternalAddressPool pool = pools[mapping.Pool];
        bool isKnown = pool.Blocks is not null || pool.Deterministic is not null;
        if (isKnown && mapping.Protocol != IpProtocol.Icmp)
        {
            return;
        }

        log.Add(new TranslationEvent
        {
            Kind = kind,
            At = new Timestamp(now),
            Protocol = mapping.Protocol,
            Pool = mapping.Pool,
            Internal = mapping.Internal,
            External = new TransportAddress(pools.Addresses[mapping.ExternalAddress], mapping.ExternalPort),
        });
    }

    /// <summary>Writes down a session without a mapping, if it was opened from inside and its source translated.
    /// </summary>
    public void Record(TranslationEventKind kind, in Session session, uint now)
    {
        FlowTuple original = session.Tuples[(int)TupleDirection.Original];
        FlowTuple reply = session.Tuples[(int)TupleDirection.Reply];
        if (session.IngressOf(TupleDirection.Original) != Realm.Internal || original.Source == reply.Destination)
        {
            return;
        }

        log.Add(new TranslationEvent
        {
            Kind = kind,
            At = new Timestamp(now),
            Protocol = original.Protocol,
            Pool = pools.Of(original.Source.Address).Number,
            Internal = original.Source,
            External = reply.Destination,
            Remote = reply.Source,
        });
    }
}
