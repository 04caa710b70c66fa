namespace NatEngine.Packets.Tests;

/// <summary>What another parser says of a frame; offsets from the first octet of the frame.</summary>
internal sealed record IndependentReading(
    PacketKind Kind,
    int NetworkOffset,
    int TransportOffset = 0,
    int EmbeddedNetworkOffset = 0,
    int EmbeddedTransportOffset = 0,
    FlowTuple Tuple = default);
