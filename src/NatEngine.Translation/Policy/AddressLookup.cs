using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;

namespace NatEngine.Translation.Policy;

/// <summary>Many prefixes, asked whether an address is in one of them: a look-up for each length that there is.
/// </summary>
internal sealed class AddressLookup
{
    private readonly (int Length, HashSet<IPv4Address> Networks)[] _byLength;

    /// <summary>Makes a set of <paramref name="prefixes"/>.</summary>
    public AddressLookup(IEnumerable<IPv4Prefix> prefixes)
        => _byLength =
        [
            .. from prefix in prefixes
               group prefix.Network by prefix.Length into sameLength
               select (sameLength.Key, sameLength.ToHashSet()),
        ];

    /// <summary>True if there is no prefix.</summary>
    public bool IsEmpty => _byLength.Length == 0;

    /// <summary>True if <paramref name="address"/> is in one of the prefixes.</summary>
    public bool Contains(IPv4Address address)
    {
        foreach ((int length, HashSet<IPv4Address> networks) in _byLength)
        {
            if (networks.Contains(new IPv4Prefix(address, length).Network))
            {
                return true;
            }
        }

        return false;
    }
}
