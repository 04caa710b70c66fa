using System.Collections.Generic;
using NatEngine.Packets;

namespace NatEngine.Host.Planning;

/// <summary>A network interface of this host.</summary>
/// <param name="Index">The kernel's number for it.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsUp">Whether it is up (IFF_UP).</param>
/// <param name="HardwareAddress">Its hardware address; not a station's for what is no Ethernet.</param>
/// <param name="Mtu">The longest packet that it takes, in octets.</param>
/// <param name="Addresses">Its IPv4 addresses, primary ones first.</param>
internal sealed record HostInterface(
    int Index,
    string Name,
    bool IsUp,
    MacAddress HardwareAddress,
    int Mtu,
    IReadOnlyList<InterfaceAddress> Addresses);
