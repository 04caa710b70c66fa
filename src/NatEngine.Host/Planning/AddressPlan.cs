using System.Collections.Generic;
using System.Linq;
using NatEngine.Host.Settings;
using NatEngine.Packets;

namespace NatEngine.Host.Planning;

/// <summary>Which external addresses there are and whose they are.</summary>
internal sealed class AddressPlan
{
    private AddressPlan(AddressMode mode, IReadOnlyList<IPv4Address> external)
    {
        Mode = mode;
        External = external;
    }

    /// <summary>Whose they are.</summary>
    internal AddressMode Mode { get; }

    /// <summary>The external addresses.</summary>
    internal IReadOnlyList<IPv4Address> External { get; }

    /// <summary>Those that are the engine's alone.</summary>
    internal IReadOnlyList<IPv4Address> Owned => Mode == AddressMode.Owned ? External : [];

    /// <summary>The one that is the host's too.</summary>
    internal IPv4Address? Shared => Mode == AddressMode.Shared ? External[0] : null;

    /// <summary>Makes it: the addresses that were given, or else the external interface's own.</summary>
    /// <returns>Null if there are faults.</returns>
    internal static AddressPlan? Make(
        GatewaySettings settings,
        Machine machine,
        HostInterface external,
        IReadOnlyList<IPv4Prefix> internalPrefixes,
        ICollection<SettingFault> faults)
    {
        int before = faults.Count;
        CheckGateway(settings, machine, faults);
        List<IPv4Address> given = [.. settings.ExternalAddresses.SelectMany(range => range.Addresses())];
        AddressPlan? plan = given.Count == 0 || (given.Count == 1 && IsOn(external, given[0]))
            ? Share(settings, external, given, faults)
            : new AddressPlan(AddressMode.Owned, given);
        foreach (IPv4Address address in plan?.Owned ?? [])
        {
            CheckOwned(address, settings, machine, internalPrefixes, faults);
        }

        return faults.Count == before ? plan : null;
    }

    private static AddressPlan? Share(
        GatewaySettings settings, HostInterface external, List<IPv4Address> given, ICollection<SettingFault> faults)
    {
        if (external.Addresses.Count == 0)
        {
            faults.Add(new SettingFault(
                settings.Locate(SettingKeys.ExternalInterface),
                SettingKeys.ExternalInterface.Noun,
                external.Name,
                "has no IPv4 address to share; give it one, or give the engine its own with --external-address"));
            return null;
        }

        return new AddressPlan(AddressMode.Shared, given.Count == 1 ? given : [external.Addresses[0].Address]);
    }

    private static void CheckOwned(
        IPv4Address address,
        GatewaySettings settings,
        Machine machine,
        IReadOnlyList<IPv4Prefix> internalPrefixes,
        ICollection<SettingFault> faults)
    {
        string? rule = null;
        if (machine.Interfaces.FirstOrDefault(one => IsOn(one, address)) is HostInterface holder)
        {
            rule = $"is the host's own, on {holder.Name}: an address is either shared, alone, or not the host's";
        }
        else if (address == settings.ExternalGateway)
        {
            rule = "is the external gateway's";
        }
        else if (internalPrefixes.Any(prefix => prefix.Contains(address)))
        {
            IPv4Prefix around = internalPrefixes.First(prefix => prefix.Contains(address));
            rule = $"lies in the internal prefix {around}";
        }

        if (rule is not null)
        {
            faults.Add(new SettingFault(
                settings.Locate(SettingKeys.ExternalAddresses),
                SettingKeys.ExternalAddresses.Noun,
                address.ToString(),
                rule));
        }
    }

    private static void CheckGateway(GatewaySettings settings, Machine machine, ICollection<SettingFault> faults)
    {
        if (settings.ExternalGateway is IPv4Address gateway && machine.Addresses.Contains(gateway))
        {
            faults.Add(new SettingFault(
                settings.Locate(SettingKeys.ExternalGateway),
                SettingKeys.ExternalGateway.Noun,
                gateway.ToString(),
                "is this host's own address; it must be the next router's"));
        }
    }

    private static bool IsOn(HostInterface one, IPv4Address address)
        => one.Addresses.Any(candidate => candidate.Address == address);
}
