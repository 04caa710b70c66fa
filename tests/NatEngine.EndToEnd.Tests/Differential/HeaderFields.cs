namespace NatEngine.EndToEnd.Tests.Differential;

/// <summary>What an IPv4 header says besides addresses and lengths.</summary>
internal sealed record HeaderFields
{
    /// <summary>64 hops, may not be fragmented.</summary>
    public static HeaderFields Default { get; } = new();

    /// <summary>Time to live.</summary>
    public byte TimeToLive { get; init; } = 64;

    /// <summary>DSCP and ECN.</summary>
    public byte TypeOfService { get; init; }

    /// <summary>Identification.</summary>
    public ushort Identification { get; init; } = 0x4E45;

    /// <summary>Flags and fragment offset, as on the wire.</summary>
    public ushort Fragmentation { get; init; } = 0x4000;

    /// <summary>Options, a multiple of four octets.</summary>
    public byte[] Options { get; init; } = [];
}
