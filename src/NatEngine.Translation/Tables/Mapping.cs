using System.Runtime.InteropServices;
using NatEngine.Packets;

namespace NatEngine.Translation.Tables;

/// <summary>An internal transport address and the external one that stands for it (RFC 4787 section 1). Lives as long
/// as
/// a session uses it (RFC 6146 section 3.5), or for ever if it is published.</summary>
[StructLayout(LayoutKind.Sequential, Size = Octets)]
internal struct Mapping
{
    /// <summary>Size, in octets.</summary>
    public const int Octets = 24;

    /// <summary>The internal transport address, or the next free place.</summary>
    public TransportAddress Internal;

    /// <summary>How many sessions use it.</summary>
    public uint Sessions;

    /// <summary>The external address, by its number in the pool.</summary>
    public ushort ExternalAddress;

    /// <summary>The external port.</summary>
    public ushort ExternalPort;

    /// <summary>The protocol; <see cref="IpProtocol.None"/> if there is no mapping here.</summary>
    public IpProtocol Protocol;

    /// <summary>True if anybody outside may open a session to it.</summary>
    public bool IsPublished;

    /// <summary>True if the internal side finds it: of the mappings of one published service on several external
    /// addresses, only one is what its own sessions show.</summary>
    public bool IsIndexed;
}
