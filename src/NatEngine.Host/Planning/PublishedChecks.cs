using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NatEngine.Host.Settings;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Host.Planning;

/// <summary>Whether the published services can be reached, and do not stand in each other's way.</summary>
internal static class PublishedChecks
{
    /// <summary>Checks all of them.</summary>
    internal static void Check(
        GatewaySettings settings,
        AddressPlan addresses,
        IReadOnlyList<IPv4Prefix> internalPrefixes,
        Machine machine,
        ICollection<SettingFault> faults,
        ICollection<string> warnings)
    {
        string where = settings.Locate(SettingKeys.Publish);
        HashSet<(IpProtocol Protocol, ushort Port, IPv4Address Address)> taken = [];
        foreach (PublishedService service in settings.Published)
        {
            string? rule = RuleBroken(service, addresses, internalPrefixes, machine, taken);
            if (rule is not null)
            {
                faults.Add(new SettingFault(where, SettingKeys.Publish.Noun, Text(service), rule));
            }
            else if (addresses.Mode == AddressMode.Shared && machine.LocalPorts.Contains(service.ExternalPort))
            {
                warnings.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"published port {service.ExternalPort} is one that the kernel gives to the host's own connections "
                    + $"({machine.LocalPorts}): keep it from that with net.ipv4.ip_local_reserved_ports"));
            }
        }
    }

    private static string? RuleBroken(
        PublishedService service,
        AddressPlan addresses,
        IReadOnlyList<IPv4Prefix> internalPrefixes,
        Machine machine,
        HashSet<(IpProtocol Protocol, ushort Port, IPv4Address Address)> taken)
    {
        IPv4Address target = service.Internal.Address;
        if (!internalPrefixes.Any(prefix => prefix.Contains(target)))
        {
            return $"{target} is not internal; internal is {string.Join(", ", internalPrefixes)}";
        }

        if (addresses.External.Contains(target) || machine.Addresses.Contains(target))
        {
            return $"{target} is the gateway's own, not an internal host's";
        }

        if (service.ExternalAddress is IPv4Address only && !addresses.External.Contains(only))
        {
            return $"{only} is not an external address; external is {string.Join(", ", addresses.External)}";
        }

        IEnumerable<IPv4Address> on = service.ExternalAddress is IPv4Address one ? [one] : addresses.External;
        return on.All(address => taken.Add((service.Protocol, service.ExternalPort, address)))
            ? null
            : "another service is published on the same port";
    }

    // As the operator writes it.
    private static string Text(PublishedService service)
    {
        string protocol = service.Protocol == IpProtocol.Tcp ? "tcp" : "udp";
        string address = service.ExternalAddress is IPv4Address only ? $"{only}:" : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture, $"{protocol}:{address}{service.ExternalPort}={service.Internal}");
    }
}
