using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Host.Planning;

/// <summary>What of this host matters to the gateway, as it was when it was looked at.</summary>
internal sealed record Machine
{
    /// <summary>The interfaces of the network namespace.</summary>
    internal required IReadOnlyList<HostInterface> Interfaces { get; init; }

    /// <summary>The routes of the main table.</summary>
    internal required IReadOnlyList<HostRoute> Routes { get; init; }

    /// <summary>The ports that the kernel gives to its own sockets (<c>net.ipv4.ip_local_port_range</c>).</summary>
    internal required PortRange LocalPorts { get; init; }

    /// <summary>Whether the kernel forwards packets (<c>net.ipv4.ip_forward</c>).</summary>
    internal required bool Forwards { get; init; }

    /// <summary>The process's effective capabilities (capabilities(7)), bit by number.</summary>
    internal required ulong Capabilities { get; init; }

    /// <summary>How many cores the process may run on.</summary>
    internal required int Cores { get; init; }

    /// <summary>Every IPv4 address that the kernel takes for its own, loopback excepted.</summary>
    internal IEnumerable<IPv4Address> Addresses
        => Interfaces.SelectMany(one => one.Addresses).Select(one => one.Address).Where(one => !one.IsLoopback);

    /// <summary>The same without those of one interface, unless another has them too.</summary>
    internal IEnumerable<IPv4Address> AddressesBut(HostInterface excepted)
        => Interfaces.Where(one => one.Index != excepted.Index)
            .SelectMany(one => one.Addresses).Select(one => one.Address).Where(one => !one.IsLoopback);

    /// <summary>The interface of a name, null if there is none.</summary>
    internal HostInterface? Find(string name) => Interfaces.FirstOrDefault(one => one.Name == name);
}
