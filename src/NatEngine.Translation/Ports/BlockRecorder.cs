using System.Collections.Generic;
using NatEngine.Packets;

namespace NatEngine.Translation.Ports;

/// <summary>Puts into the log whose the blocks of a pool are: RFC 6888 REQ-12 at the price of one event for many
/// sessions (REQ-14).</summary>
internal sealed class BlockRecorder(TranslationLog log, byte pool, IReadOnlyList<IPv4Address> addresses)
{
    /// <summary>Writes down a block that has been given or taken.</summary>
    /// <param name="kind">Which of the two.</param>
    /// <param name="owner">Whose it is, or was.</param>
    /// <param name="address">The external address, by its place in the pool.</param>
    /// <param name="ports">Its ports.</param>
    /// <param name="now">The present.</param>
    public void Record(TranslationEventKind kind, IPv4Address owner, int address, PortRange ports, uint now)
        => log.Add(new TranslationEvent
        {
            Kind = kind,
            At = new Timestamp(now),
            Pool = pool,
            Internal = new TransportAddress(owner, 0),
            External = new TransportAddress(addresses[address], ports.First),
            LastPort = ports.Last,
        });
}
