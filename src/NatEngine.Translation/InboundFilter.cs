using NatEngine.Packets;
using NatEngine.Translation.Ports;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation;

/// <summary>Decides who outside may open a session to a mapping (RFC 4787 section 5).</summary>
internal sealed class InboundFilter(TranslationTables tables)
{
    /// <summary>True if <paramref name="packet"/>, which belongs to no session, may pass to <paramref name="mapping"/>.
    /// </summary>
    public bool Admits(uint mapping, in PacketFacts packet)
    {
        // With an external source it is somebody inside who writes, by way of another lane (RFC 4787 REQ-9): nobody
        // outside has such an address, and whoever claims it is refused before.
        if (tables.Mappings[mapping].IsPublished
            || (tables.Pools.Addresses.AreShared && tables.Pools.Addresses.TryFind(packet.Tuple.Source.Address, out _)))
        {
            return true;
        }

        // An answer to a query that nobody has asked is nobody's, however open the mapping.
        if (packet.Kind == PacketKind.IcmpQuery)
        {
            return false;
        }

        return BehaviorOf(mapping).Filtering switch
        {
            FilteringBehavior.EndpointIndependent => true,
            FilteringBehavior.AddressDependent => tables.Contacts.Find(AddressContactOf(packet.Tuple)) != 0,
            _ => false, // whom the inside has sent to has a session
        };
    }

    /// <summary>Whom a session goes to, as far as somebody will ask.</summary>
    /// <param name="reply">The tuple of its reply direction.</param>
    /// <param name="realms">Where its packets come in.</param>
    /// <param name="mapping">Its mapping; 0 if its port is shared.</param>
    public FlowTuple ContactOf(in FlowTuple reply, SessionFlags realms, uint mapping)
    {
        if (mapping == 0)
        {
            // A shared port, a protocol without ports, or a destination that is not translated.
            bool hasPort = reply.Protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Icmp
                && tables.Pools.Addresses.TryFind(reply.Destination.Address, out _);
            return hasPort ? SharedPorts.ContactOf(reply) : default;
        }

        bool opensDoor = realms == SessionFlags.ReplyFromExternal
            && !tables.Mappings[mapping].IsPublished
            && BehaviorOf(mapping).Filtering == FilteringBehavior.AddressDependent;
        return opensDoor ? AddressContactOf(reply) : default;
    }

    private TranslationBehavior BehaviorOf(uint mapping)
    {
        ref Mapping one = ref tables.Mappings[mapping];
        return tables.Pools[one.Pool].BehaviorOf(one.Protocol);
    }

    private static FlowTuple AddressContactOf(in FlowTuple inbound)
        => new(new TransportAddress(inbound.Source.Address, 0), inbound.Destination, inbound.Protocol);
}
