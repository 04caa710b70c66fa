using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NatEngine.Host.Settings;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Host.Planning;

/// <summary>Whether the published services can be reached. Whether they stand in each other's way is checked with the
/// rest of translation.</summary>
internal static class PublishedChecks
{
    /// <summary>Checks all of them.</summary>
    internal static void Check(
        GatewaySettings settings,
        TranslationOptions translation,
        AddressPlan addresses,
        IReadOnlyList<IPv4Prefix> internalPrefixes,
        Machine machine,
        ICollection<SettingFault> faults,
        ICollection<string> warnings)
    {
        string where = settings.Locate(SettingKeys.Publish);
        foreach (PublishedService service in settings.Published)
        {
            string? rule = RuleBroken(service, addresses, internalPrefixes, machine);
            if (rule is not null)
            {
                faults.Add(new SettingFault(where, SettingKeys.Publish.Noun, SettingTexts.Of(service), rule));
            }
            else if (addresses.Shared is IPv4Address shared && translation.AddressesOf(service).Contains(shared)
                && machine.LocalPorts.Contains(service.ExternalPort))
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
        Machine machine)
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

        return service.ExternalAddress is IPv4Address only && !addresses.External.Contains(only)
            ? $"{only} is not an external address; external is {string.Join(", ", addresses.External)}"
            : null;
    }
}
