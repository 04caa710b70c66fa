using NatEngine.Packets;

namespace NatEngine.Translation;

/// <summary>What a session's original direction adds to checksums, from its two tuples: a packet that comes in as the
/// one leaves as the reverse of the other.</summary>
internal static class Deltas
{
    /// <summary>See <see cref="Rewrite.NetworkDelta"/>.</summary>
    public static ChecksumDelta OfAddresses(in FlowTuple original, in FlowTuple reply)
        => Of(original.Source.Address, reply.Destination.Address)
            + Of(original.Destination.Address, reply.Source.Address);

    /// <summary>See <see cref="Rewrite.TransportDelta"/>; nothing for a protocol translated by address alone.</summary>
    public static ChecksumDelta OfTransport(in FlowTuple original, in FlowTuple reply)
    {
        ChecksumDelta ports = Of(original.Source.Port, reply.Destination.Port)
            + Of(original.Destination.Port, reply.Source.Port);
        return original.Protocol is IpProtocol.Tcp or IpProtocol.Udp ? ports + OfAddresses(original, reply) : ports;
    }

    // What stays the same adds nothing. (~m + m is the other zero of one's complement: the same number, but not the
    // same bits.)
    private static ChecksumDelta Of(IPv4Address from, IPv4Address to)
        => from == to ? ChecksumDelta.None : ChecksumDelta.Of(from, to);

    private static ChecksumDelta Of(ushort from, ushort to)
        => from == to ? ChecksumDelta.None : ChecksumDelta.Of(from, to);
}
