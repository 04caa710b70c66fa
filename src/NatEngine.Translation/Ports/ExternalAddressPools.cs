using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using NatEngine.Packets;

namespace NatEngine.Translation.Ports;

/// <summary>All pools, and which internal address has which: that with the longest prefix around it.</summary>
internal sealed class ExternalAddressPools : IDisposable
{
    private readonly ExternalAddressPool[] _pools;

    // Per length of prefix, the longest first: a look-up for each length that there is, none if there is one pool.
    private readonly (int Length, Dictionary<IPv4Address, ExternalAddressPool> Networks)[] _byLength;

    /// <summary>Makes them.</summary>
    /// <param name="pools">What they are; the first is of whoever is in no prefix of the others.</param>
    /// <param name="log">Is told who gets blocks of ports; null if nobody wants to know.</param>
    /// <param name="random">Makes their secrets.</param>
    /// <param name="slice">Which ports are this lane's; null if all are.</param>
    public ExternalAddressPools(
        IReadOnlyList<PoolOptions> pools, TranslationLog? log, Random random, LaneSlice? slice = null)
    {
        Addresses = new ExternalAddresses(pools, slice);
        _pools = new ExternalAddressPool[pools.Count];
        Dictionary<int, Dictionary<IPv4Address, ExternalAddressPool>> byLength = [];
        for (int number = 0; number < _pools.Length; number++)
        {
            _pools[number] = new ExternalAddressPool(
                number, pools[number], Addresses, log, (ulong)random.NextInt64(), slice);
            foreach (IPv4Prefix prefix in pools[number].InternalPrefixes)
            {
                _ = byLength.TryAdd(prefix.Length, []);
                byLength[prefix.Length].Add(prefix.Network, _pools[number]);
            }
        }

        _byLength = [.. byLength.OrderByDescending(entry => entry.Key).Select(entry => (entry.Key, entry.Value))];
    }

    /// <summary>The addresses of them all.</summary>
    public ExternalAddresses Addresses { get; }

    /// <summary>How many there are.</summary>
    public int Count => _pools.Length;

    /// <summary>The pool with that number.</summary>
    public ExternalAddressPool this[byte number] => _pools[number];

    /// <summary>The pool of an internal address.</summary>
    public ExternalAddressPool Of(IPv4Address internalAddress)
    {
        foreach ((int length, Dictionary<IPv4Address, ExternalAddressPool> networks) in _byLength)
        {
            IPv4Address network = new IPv4Prefix(internalAddress, length).Network;
            if (networks.TryGetValue(network, out ExternalAddressPool? pool))
            {
                return pool;
            }
        }

        return _pools[0];
    }

    /// <summary>The pool that has the external address of that number: that of an internal address if it has it, else
    /// the first one.</summary>
    public bool TryFindOwner(
        IPv4Address internalAddress, int number, [NotNullWhen(true)] out ExternalAddressPool? owner)
    {
        owner = Of(internalAddress);
        for (int next = 0; !owner.Has(number); next++)
        {
            if (next == _pools.Length)
            {
                return false;
            }

            owner = _pools[next];
        }

        return true;
    }

    /// <summary>Frees ports, and blocks, of every pool that have been left alone long enough.</summary>
    public void Release(uint now, int limit)
    {
        foreach (ExternalAddressPool pool in _pools)
        {
            pool.Release(now, limit);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ExternalAddressPool pool in _pools)
        {
            pool.Dispose();
        }

        Addresses.Dispose();
    }
}
