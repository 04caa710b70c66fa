namespace NatEngine.Lab;

/// <summary>How a <see cref="NatTopology"/> is laid out.</summary>
public sealed record NatTopologyOptions
{
    /// <summary>One inside host, ordinary links.</summary>
    public static NatTopologyOptions Default { get; } = new();

    /// <summary>Hosts on the inside, 1 to 15. With more than one, a switch (a host with a bridge) stands between them
    /// and the gateway; one alone is cabled to the gateway directly.</summary>
    public int InsideHosts { get; init; } = 1;

    /// <summary>Whether the links carry super-frames and unfinished checksums; see <see cref="Lab.Connect"/>.</summary>
    public bool Offloads { get; init; } = true;

    /// <summary>MTU of every link, in octets.</summary>
    public int Mtu { get; init; } = LabLink.DefaultMtu;

    /// <summary>Whether <see cref="NatTopology.ExternalAddress"/> stands on the gateway's external interface. Without,
    /// that interface has no address at all, for a NAT that owns its external addresses alone.</summary>
    public bool AddressOnExternalInterface { get; init; } = true;
}
