using System;

namespace NatEngine.Devices;

/// <summary>What has changed in the kernel's picture of the network, and is to be read again.</summary>
[Flags]
public enum NetworkChanges
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>An interface came, went or changed: <see cref="Netlink.ReadLinks"/>.</summary>
    Links = 1,

    /// <summary>An IPv4 address came or went: <see cref="Netlink.ReadAddresses"/>.</summary>
    Addresses = 2,

    /// <summary>An IPv4 route came or went: <see cref="Netlink.ReadRoutes"/>.</summary>
    Routes = 4,

    /// <summary>Anything may have changed: the kernel had more to say than its buffer holds (<c>ENOBUFS</c>,
    /// netlink(7)).</summary>
    All = Links | Addresses | Routes,
}
