using NatEngine.Packets;

namespace NatEngine.Translation;

/// <summary>What the fragments of one packet have in common (RFC 791 section 3.2), in the form of a tuple.</summary>
/// <remarks>(SA, ID, DA, realm, PROTO): the identification stands in the place of the source port, the realm that they
/// came in from in that of the destination port.</remarks>
public static class FragmentKey
{
    /// <summary>The key of a fragment, first or later.</summary>
    public static FlowTuple Of(in PacketFacts fragment, Realm ingress) => new(
        new TransportAddress(fragment.Source, fragment.Identification),
        new TransportAddress(fragment.Destination, (ushort)ingress),
        fragment.Tuple.Protocol);
}
