namespace NatEngine.Host.Planning;

/// <summary>What a process may be allowed (linux/capability.h).</summary>
internal static class Capability
{
    /// <summary>Number of CAP_NET_ADMIN: nft, and buffers beyond the system's bounds.</summary>
    internal const int NetAdmin = 12;

    /// <summary>Number of CAP_NET_RAW: AF_PACKET sockets.</summary>
    internal const int NetRaw = 13;
}
