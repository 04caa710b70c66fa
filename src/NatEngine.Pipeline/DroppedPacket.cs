using System;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Pipeline;

/// <summary>A packet that was dropped.</summary>
public sealed record DroppedPacket
{
    /// <summary>Why.</summary>
    public required DropReason Reason { get; init; }

    /// <summary>How long ago.</summary>
    public required TimeSpan Age { get; init; }

    /// <summary>Where it came in; null for a frame of the gateway's own.</summary>
    public required Realm? Ingress { get; init; }

    /// <summary>The octets of its frame.</summary>
    public required int FrameLength { get; init; }

    /// <summary>What was read from it; of what could not be read, what had been read until then.</summary>
    public required PacketFacts Facts { get; init; }
}
