using System.Collections.Generic;
using System.Linq;
using NatEngine.Host.Guarding;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Host.Planning;

/// <summary>Works out what the guard must keep from the kernel: what the engine handles.</summary>
internal static class GuardPlanner
{
    internal static GuardPlan Plan(
        HostInterface internalSide,
        HostInterface externalSide,
        Machine machine,
        AddressPlan addresses,
        TranslationOptions translation)
        => new(
            internalSide.Name,
            externalSide.Name,
            [.. machine.Addresses.Distinct().Order()],
            [.. machine.AddressesBut(internalSide).Distinct().Order()],
            addresses.Shared,
            EnginePorts(IpProtocol.Tcp, addresses, translation),
            EnginePorts(IpProtocol.Udp, addresses, translation))
        {
            OtherProtocols = addresses.Mode == AddressMode.Shared && translation.OtherProtocols,
        };

    // Of an address that is the engine's alone every port is, and the guard need not tell them apart.
    private static IReadOnlyList<PortRange> EnginePorts(
        IpProtocol protocol, AddressPlan addresses, TranslationOptions translation)
    {
        if (addresses.Shared is not IPv4Address shared)
        {
            return [];
        }

        IEnumerable<PortRange> given = translation.AllPools()
            .Where(pool => pool.ExternalAddresses.Contains(shared))
            .SelectMany(pool => PortRanges.Without(pool.Ports, pool.ExcludedPorts));
        IEnumerable<PortRange> published = translation.Published
            .Where(service => service.Protocol == protocol && translation.AddressesOf(service).Contains(shared))
            .Select(service => new PortRange(service.ExternalPort, service.ExternalPort));
        return PortRanges.Merge([.. given, .. published]);
    }
}
