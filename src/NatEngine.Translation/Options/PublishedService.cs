using NatEngine.Packets;

namespace NatEngine.Translation;

/// <summary>An internal service that the outside may open sessions to.</summary>
/// <param name="Protocol">TCP or UDP.</param>
/// <param name="ExternalPort">The port that the outside sees; not 0. It is never given to a dynamic mapping.</param>
/// <param name="Internal">Where the service is. Sessions that it opens itself, from that port, show the external port
/// too: the mapping is endpoint-independent both ways.</param>
/// <param name="ExternalAddress">Which external address it is published on; every one of its pool if null.</param>
public readonly record struct PublishedService(
    IpProtocol Protocol,
    ushort ExternalPort,
    TransportAddress Internal,
    IPv4Address? ExternalAddress = null);
