using NatEngine.Packets;
using NatEngine.Translation;
using NatEngine.Translation.Explaining;

namespace NatEngine.Pipeline;

/// <summary>What would become of a packet at the gateway, and why. Any thread may look at it.</summary>
public sealed record PacketExplanation
{
    /// <summary>The packet.</summary>
    public required PacketFacts Packet { get; init; }

    /// <summary>Where it comes in.</summary>
    public required Realm Ingress { get; init; }

    /// <summary>Why there: whose source it is, or whose session.</summary>
    public required IngressChoice IngressChoice { get; init; }

    /// <summary>What becomes of it.</summary>
    public required PacketFate Fate { get; init; }

    /// <summary>Why, if it is dropped; of what is left to the kernel, why translation refuses it, if it was asked.
    /// </summary>
    public DropReason Reason { get; init; }

    /// <summary>What translation says; null if it is not asked.</summary>
    public Explanation? Translation { get; init; }

    /// <summary>Who takes it; null if it does not get so far.</summary>
    public HopExplanation? Hop { get; init; }

    /// <summary>What becomes of it in the lane that it comes to next, if it turns round in the gateway.</summary>
    public PacketExplanation? Onward { get; init; }

    /// <summary>True if the lane that was asked is the one that such packets come to.</summary>
    internal bool IsOwn { get; init; }
}
