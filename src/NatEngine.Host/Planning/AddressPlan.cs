using System.Collections.Generic;
using System.Linq;
using NatEngine.Host.Settings;
using NatEngine.Packets;

namespace NatEngine.Host.Planning;

/// <summary>Which external addresses each pool has, and whose they are.</summary>
internal sealed class AddressPlan
{
    private readonly Dictionary<PoolSettings, IReadOnlyList<IPv4Address>> _byPool;

    private AddressPlan(Dictionary<PoolSettings, IReadOnlyList<IPv4Address>> byPool, IPv4Address? shared)
    {
        _byPool = byPool;
        Shared = shared;
        External = [.. byPool.Values.SelectMany(addresses => addresses).Distinct()];
    }

    /// <summary>Whose they are: <see cref="AddressMode.Shared"/> if one of them is the host's.</summary>
    internal AddressMode Mode => Shared is null ? AddressMode.Owned : AddressMode.Shared;

    /// <summary>The external addresses of all pools.</summary>
    internal IReadOnlyList<IPv4Address> External { get; }

    /// <summary>Those that are the engine's alone.</summary>
    internal IReadOnlyList<IPv4Address> Owned => [.. External.Where(address => address != Shared)];

    /// <summary>The one that is the host's too.</summary>
    internal IPv4Address? Shared { get; }

    /// <summary>The external addresses of a pool.</summary>
    internal IReadOnlyList<IPv4Address> Of(PoolSettings pool) => _byPool[pool];

    /// <summary>True if a pool has the address that is the host's too.</summary>
    internal bool SharesWithHost(PoolSettings pool) => Shared is IPv4Address shared && _byPool[pool].Contains(shared);

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
        Dictionary<PoolSettings, IReadOnlyList<IPv4Address>> byPool = [];
        IPv4Address? shared = null;
        foreach (PoolSettings pool in settings.AllPools)
        {
            IReadOnlyList<IPv4Address> given = Given(pool, settings, external, byPool, faults);
            byPool.Add(pool, given);

            // One address alone, if it is the external interface's, is shared with the host, by as many pools as like.
            if (given.Count == 1 && IsOn(external, given[0]) && (shared is null || shared == given[0]))
            {
                shared = given[0];
                continue;
            }

            foreach (IPv4Address address in given)
            {
                CheckOwned(address, pool, settings, machine, internalPrefixes, faults);
            }
        }

        return faults.Count == before ? new AddressPlan(byPool, shared) : null;
    }

    private static IReadOnlyList<IPv4Address> Given(
        PoolSettings pool,
        GatewaySettings settings,
        HostInterface external,
        Dictionary<PoolSettings, IReadOnlyList<IPv4Address>> others,
        ICollection<SettingFault> faults)
    {
        if (pool.ExternalAddresses.Count > 0)
        {
            return [.. pool.ExternalAddresses.SelectMany(range => range.Addresses())];
        }

        if (pool.Place is not null)
        {
            return others[settings.Pool];
        }

        if (external.Addresses.Count == 0)
        {
            faults.Add(new SettingFault(
                settings.Locate(SettingKeys.ExternalInterface),
                SettingKeys.ExternalInterface.Noun,
                external.Name,
                "has no IPv4 address to share; give it one, or give the engine its own with --external-address"));
            return [];
        }

        return [external.Addresses[0].Address];
    }

    private static void CheckOwned(
        IPv4Address address,
        PoolSettings pool,
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
            SettingKey key = SettingKeys.ExternalAddresses.Of(pool.Place);
            faults.Add(new SettingFault(settings.Locate(key), key.Noun, address.ToString(), rule));
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
