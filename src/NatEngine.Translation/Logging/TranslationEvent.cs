using NatEngine.Packets;

namespace NatEngine.Translation;

/// <summary>Somebody inside has got, or has lost, something of an external address: what must be kept to say later who
/// it was (RFC 6888 REQ-12).</summary>
public readonly record struct TranslationEvent
{
    /// <summary>What has happened.</summary>
    public TranslationEventKind Kind { get; init; }

    /// <summary>When.</summary>
    public Timestamp At { get; init; }

    /// <summary>The transport protocol; <see cref="IpProtocol.None"/> of a block, which is of TCP and of UDP.</summary>
    public IpProtocol Protocol { get; init; }

    /// <summary>The number of the pool that the external end is of, in the order of
    /// <see cref="TranslationOptions.AllPools"/>.</summary>
    public byte Pool { get; init; }

    /// <summary>Who: of a block with port 0.</summary>
    public TransportAddress Internal { get; init; }

    /// <summary>What it is seen as: of a block with its first port.</summary>
    public TransportAddress External { get; init; }

    /// <summary>The last port of a block; else 0.</summary>
    public ushort LastPort { get; init; }

    /// <summary>The other end of a session; else all zero. Where an external port is shared, nothing else tells who had
    /// it; where it is not, it is nobody's business (RFC 6888 REQ-12).</summary>
    public TransportAddress Remote { get; init; }
}
