using NatEngine.Packets;

namespace NatEngine.Translation.Explaining;

/// <summary>What a session is seen under, and why.</summary>
public sealed record ExplainedPort
{
    /// <summary>Where it is from.</summary>
    public required PortOrigin Origin { get; init; }

    /// <summary>The external address and port. Of a port that is drawn, one that it might be.</summary>
    public required TransportAddress External { get; init; }

    /// <summary>How it was looked for; means nothing unless a port is given.</summary>
    public PortChoice Choice { get; init; }

    /// <summary>The number of the pool that gives the port; null if none does.</summary>
    public byte? Pool { get; init; }

    /// <summary>The ports among which it is; means nothing unless a port is given.</summary>
    public PortRange Within { get; init; }

    /// <summary>How many of these are free for this session.</summary>
    public int Free { get; init; }

    /// <summary>True if they are a block of the internal address.</summary>
    public bool IsOfBlock { get; init; }

    /// <summary>True if it would get the block with this session.</summary>
    public bool IsNewBlock { get; init; }

    /// <summary>True if they are computed from the internal address (RFC 7422).</summary>
    public bool IsComputed { get; init; }

    /// <summary>True if an odd port becomes an odd one, an even an even one, as long as there is one.</summary>
    public bool KeepsParity { get; init; }

    /// <summary>True if the internal port, which would be preserved, is another lane's to give.</summary>
    public bool IsOwnPortElsewhere { get; init; }

    /// <summary>True if sessions with other remote ends may have the port, too.</summary>
    public bool IsShared { get; init; }
}
