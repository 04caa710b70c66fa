using NatEngine.Packets;

namespace NatEngine.Translation;

/// <summary>Something outside that the inside reaches under its own addresses.</summary>
/// <param name="Prefix">Its addresses.</param>
/// <param name="Protocol">Its protocol; <see cref="IpProtocol.None"/> for any.</param>
/// <param name="Ports">Its ports, of TCP or UDP; null for any.</param>
public readonly record struct UntranslatedDestination(
    IPv4Prefix Prefix, IpProtocol Protocol = IpProtocol.None, PortRange? Ports = null)
{
    /// <summary>True if a packet with that tuple goes there.</summary>
    internal bool Has(in FlowTuple tuple)
        => Prefix.Contains(tuple.Destination.Address)
            && (Protocol == IpProtocol.None || Protocol == tuple.Protocol)
            && (Ports is not PortRange ports || ports.Contains(tuple.Destination.Port));
}
