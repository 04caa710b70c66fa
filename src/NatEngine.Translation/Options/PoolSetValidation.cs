using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;

namespace NatEngine.Translation;

/// <summary>Refuses pools that stand in each other's way.</summary>
internal static class PoolSetValidation
{
    // A mapping names its pool in one octet, and the first is the default's.
    private const int MostPools = 255;

    /// <summary>Returns if they can hold together. What is wrong with each for itself has been refused
    /// before.</summary>
    /// <exception cref="InvalidOptionException">They cannot; the message says which option, and by what rule.
    /// </exception>
    public static void Validate(TranslationOptions options)
    {
        OptionsValidation.Require(
            options.Pools.Count <= MostPools, nameof(options.Pools), $"{options.Pools.Count} pools",
            $"at most {MostPools}");
        int addresses = options.AllPools().SelectMany(pool => pool.ExternalAddresses).Distinct().Count();
        OptionsValidation.Require(
            addresses <= TranslationOptions.MostExternalAddresses,
            nameof(options.ExternalAddresses), $"{addresses} addresses",
            $"all pools together may have {TranslationOptions.MostExternalAddresses}");
        Dictionary<IPv4Prefix, string> owners = [];
        foreach (PoolOptions pool in options.Pools)
        {
            ValidatePrefixes(options, pool, owners);
        }

        ValidateShared(options.AllPools());
        if (options.Slice is LaneSlice slice)
        {
            SliceValidation.Validate(options, slice);
        }
    }

    /// <summary>Returns if each has a name of its own: what is said of a pool names it.</summary>
    /// <exception cref="InvalidOptionException">Two have one name.</exception>
    public static void ValidateNames(TranslationOptions options)
    {
        HashSet<string> names = [TranslationOptions.DefaultPool];
        foreach (PoolOptions pool in options.Pools)
        {
            Require(
                pool.Name.Length > 0 && names.Add(pool.Name), pool, nameof(pool.Name), pool.Name,
                $"each pool has a name of its own, and '{TranslationOptions.DefaultPool}' is taken");
        }
    }

    private static void ValidatePrefixes(
        TranslationOptions options, PoolOptions pool, Dictionary<IPv4Prefix, string> owners)
    {
        const string Key = nameof(pool.InternalPrefixes);
        Require(
            pool.InternalPrefixes.Count > 0, pool, Key, "none", "a pool is for one internal prefix or more");
        foreach (IPv4Prefix prefix in pool.InternalPrefixes)
        {
            Require(
                owners.TryAdd(prefix, pool.Name), pool, Key, prefix,
                $"the prefix is pool {owners[prefix]}'s; of two around an address the longer one counts, but not of "
                + "two alike");
            Require(
                options.InternalPrefixes.Count == 0
                    || options.InternalPrefixes.Any(one => one.Contains(prefix) || prefix.Contains(one)),
                pool, Key, prefix, "nobody in it is internal");
        }
    }

    // Of an address that pools share, each port is one pool's. ICMP identifiers are all of theirs, and whoever
    // overloads does not take one from the others, so that either all must or none.
    private static void ValidateShared(IReadOnlyList<PoolOptions> pools)
    {
        Dictionary<IPv4Address, List<PoolOptions>> byAddress = [];
        foreach (PoolOptions pool in pools)
        {
            foreach (IPv4Address address in pool.ExternalAddresses)
            {
                _ = byAddress.TryAdd(address, []);
                foreach (PoolOptions other in byAddress[address])
                {
                    ValidateShared(pool, other, address);
                }

                byAddress[address].Add(pool);
            }
        }
    }

    private static void ValidateShared(PoolOptions pool, PoolOptions other, IPv4Address address)
    {
        Require(
            pool.Ports.Last < other.Ports.First || pool.Ports.First > other.Ports.Last,
            pool, nameof(pool.Ports), pool.Ports,
            $"pool {other.Name} has ports {other.Ports} of {address} already: a port is of one pool");
        Require(
            pool.Behavior.Overload == other.Behavior.Overload, pool, "Behavior.Overload", pool.Behavior.Overload,
            $"ICMP identifiers of {address} are pool {other.Name}'s too: both must overload, or neither");
    }

    private static void Require(bool holds, PoolOptions pool, string key, object value, string rule)
    {
        if (!holds)
        {
            throw new InvalidOptionException(key, value, rule, pool.Name);
        }
    }
}
