namespace NatEngine.Pipeline;

/// <summary>What becomes of a packet at the gateway.</summary>
public enum PacketFate
{
    /// <summary>It is translated and sent on.</summary>
    Forwarded,

    /// <summary>It is dropped and counted.</summary>
    Dropped,

    /// <summary>The kernel has its own copy, and does with it what it does.</summary>
    LeftToKernel,

    /// <summary>The gateway answers it itself.</summary>
    Answered,

    /// <summary>It goes the way of the first fragment of its packet, which alone has the ports.</summary>
    AsFirstFragment,

    /// <summary>It is translated, and comes to another lane of the gateway as if from outside, which decides: see
    /// <see cref="PacketExplanation.Onward"/>.</summary>
    TurnsRound,

    /// <summary>It is not for the gateway to forward: not IPv4, or nothing could be read from it.</summary>
    NotForwarded,
}
