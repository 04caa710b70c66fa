using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Forwarding;

/// <summary>A fragment that waits for the first one of its packet.</summary>
internal struct WaitingFragment
{
    public Frame Frame;
    public PacketFacts Facts;

    /// <summary>The side it came from.</summary>
    public Realm Ingress;

    /// <summary>Why it is to be dropped; <see cref="DropReason.None"/> if its first fragment came.</summary>
    public DropReason Outcome;
}
