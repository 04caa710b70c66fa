using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Forwarding;

/// <summary>A packet that waits for its next hop, with all that was decided about it.</summary>
internal struct WaitingPacket
{
    public Frame Frame;
    public PacketFacts Facts;
    public Verdict Verdict;

    /// <summary>The side it came from.</summary>
    public Realm Ingress;

    /// <summary>Whom it waits for.</summary>
    public ushort Neighbour;

    /// <summary>Why it is to be dropped, if its neighbour does not decide that.</summary>
    public DropReason Outcome;
}
