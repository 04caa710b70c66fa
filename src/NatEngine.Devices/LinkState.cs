using System.Net.NetworkInformation;

namespace NatEngine.Devices;

/// <summary>What the kernel says of a network interface (<c>RTM_NEWLINK</c>, rtnetlink(7)).</summary>
/// <param name="Index">The kernel's number of it, never given to another while this one exists.</param>
/// <param name="Name">Its name.</param>
/// <param name="HardwareAddress">Its link-layer address; none, for some kinds of tunnel.</param>
/// <param name="Mtu">The longest datagram it sends whole, in octets.</param>
/// <param name="IsUp">Whether the administrator has put it up (IFF_UP).</param>
/// <param name="IsRunning">Whether it is up and has a carrier too (IFF_RUNNING).</param>
/// <param name="Kind">What kind of virtual interface it is (<c>veth</c>, <c>bridge</c>…); null for hardware and
/// loopback.</param>
public readonly record struct LinkState(
    int Index,
    string Name,
    PhysicalAddress HardwareAddress,
    int Mtu,
    bool IsUp,
    bool IsRunning,
    string? Kind);
