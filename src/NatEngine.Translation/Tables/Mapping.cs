using System.Runtime.InteropServices;
using NatEngine.Packets;

namespace NatEngine.Translation.Tables;

/// <summary>An internal transport address and the external one that stands for it (RFC 4787 section 1). Lives as long
/// as a session uses it (RFC 6146 section 3.5), or for ever if it is published.</summary>
[StructLayout(LayoutKind.Sequential, Size = Octets)]
internal struct Mapping
{
    /// <summary>Size, in octets.</summary>
    public const int Octets = 24;

    /// <summary>The internal address, or the next free place.</summary>
    public uint InternalAddress;

    /// <summary>The remote address that it is for; 0 if for all.</summary>
    public uint RemoteAddress;

    /// <summary>How many sessions use it.</summary>
    public uint Sessions;

    /// <summary>The internal port.</summary>
    public ushort InternalPort;

    /// <summary>The remote port that it is for; 0 if for all.</summary>
    public ushort RemotePort;

    /// <summary>The external address, by its number.</summary>
    public ushort ExternalAddress;

    /// <summary>The external port.</summary>
    public ushort ExternalPort;

    /// <summary>The protocol; <see cref="IpProtocol.None"/> if there is no mapping here.</summary>
    public IpProtocol Protocol;

    /// <summary>The number of the pool that the external end is of.</summary>
    public byte Pool;

    /// <summary>True if anybody outside may open a session to it.</summary>
    public bool IsPublished;

    /// <summary>True if the internal side finds it: of the mappings of one published service on several external
    /// addresses, only one is what its own sessions show.</summary>
    public bool IsIndexed;

    /// <summary>The internal transport address.</summary>
    public readonly TransportAddress Internal => new(new IPv4Address(InternalAddress), InternalPort);

    /// <summary>What the mapping is found by from inside: who, and towards whom.</summary>
    public readonly FlowTuple Key
        => new(Internal, new TransportAddress(new IPv4Address(RemoteAddress), RemotePort), Protocol);

    /// <summary>A mapping of what <paramref name="key"/> says to an external end, of a pool.</summary>
    public static Mapping Of(in FlowTuple key, byte pool, int externalAddress, int externalPort) => new()
    {
        InternalAddress = key.Source.Address.Value,
        InternalPort = key.Source.Port,
        RemoteAddress = key.Destination.Address.Value,
        RemotePort = key.Destination.Port,
        ExternalAddress = (ushort)externalAddress,
        ExternalPort = (ushort)externalPort,
        Protocol = key.Protocol,
        Pool = pool,
        IsIndexed = true,
    };
}
