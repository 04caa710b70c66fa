using System;
using System.Collections.Generic;
using System.Numerics;
using NatEngine.Packets;

namespace NatEngine.Pipeline.Forwarding;

/// <summary>A fixed set of addresses that can be asked for each packet: open addressing, at most half full.</summary>
internal sealed class AddressSet
{
    // 0.0.0.0 is nobody's address, so it marks a free place.
    private readonly uint[] _places;
    private readonly int _shift;

    internal AddressSet(IReadOnlyCollection<IPv4Address> addresses)
    {
        _places = new uint[BitOperations.RoundUpToPowerOf2((uint)Math.Max(2 * addresses.Count, 4))];
        _shift = 32 - BitOperations.Log2((uint)_places.Length);
        foreach (IPv4Address address in addresses)
        {
            Add(address.Value);
        }
    }

    internal bool Contains(IPv4Address address)
    {
        uint[] places = _places;
        for (uint place = Spread(address.Value); ; place++)
        {
            uint found = places[place & (places.Length - 1)];
            if (found == address.Value || found == 0)
            {
                return found != 0;
            }
        }
    }

    private void Add(uint address)
    {
        uint place = Spread(address);
        while (_places[place & (_places.Length - 1)] is uint found && found != 0 && found != address)
        {
            place++;
        }

        _places[place & (_places.Length - 1)] = address;
    }

    // Fibonacci hashing: the multiplier is 2^32 divided by the golden ratio.
    private uint Spread(uint address) => (address * 0x9E37_79B1U) >> _shift;
}
