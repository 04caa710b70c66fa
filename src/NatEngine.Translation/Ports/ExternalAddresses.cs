using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using NatEngine.Packets;

namespace NatEngine.Translation.Ports;

/// <summary>The external addresses of all pools, each with a number, and the ports of each.</summary>
internal sealed class ExternalAddresses : IDisposable
{
    private const int ProtocolsWithPorts = 3;

    private readonly List<IPv4Address> _addresses = [];
    private readonly Dictionary<IPv4Address, int> _numbers = [];
    private readonly PortSpace[] _spaces;

    // Nearly every address that is asked for is outside of these, and needs no look-up.
    private readonly uint _lowest;
    private readonly uint _highest;

    /// <summary>All ports that a pool has are free, except those that it excludes, and those of other lanes.</summary>
    public ExternalAddresses(IReadOnlyList<PoolOptions> pools, LaneSlice? slice = null)
    {
        AreShared = slice is not null;
        foreach (PoolOptions pool in pools)
        {
            foreach (IPv4Address address in pool.ExternalAddresses)
            {
                if (_numbers.TryAdd(address, _addresses.Count))
                {
                    _addresses.Add(address);
                }
            }
        }

        _lowest = _addresses.Count == 0 ? 0 : _addresses.Min(address => address.Value);
        _highest = _addresses.Count == 0 ? 0 : _addresses.Max(address => address.Value);
        _spaces = new PortSpace[_addresses.Count * ProtocolsWithPorts];
        for (int place = 0; place < _spaces.Length; place++)
        {
            _spaces[place] = new PortSpace(hasOthers: slice is not null);
        }

        Fill(pools);
        if (slice is LaneSlice own)
        {
            foreach (PortSpace space in _spaces)
            {
                space.LeaveToOthers(own);
            }
        }
    }

    /// <summary>How many there are.</summary>
    public int Count => _addresses.Count;

    /// <summary>The address with that number.</summary>
    public IPv4Address this[int number] => _addresses[number];

    /// <summary>The number of <paramref name="address"/>; false if it is not one of ours.</summary>
    public bool TryFind(IPv4Address address, out int number)
    {
        number = 0;
        return address.Value - _lowest <= _highest - _lowest && _numbers.TryGetValue(address, out number);
    }

    /// <summary>The ports of an address for a protocol, which must be TCP, UDP or ICMP.</summary>
    public PortSpace SpaceOf(int number, IpProtocol protocol)
        => _spaces[(number * ProtocolsWithPorts) + OrdinalOf(protocol)];

    /// <summary>True if other lanes have ports of the same addresses.</summary>
    public bool AreShared { get; }

    /// <summary>True if another lane has, or may give, the external port that somebody inside writes to: the packet
    /// goes out of this one, and into that one as if it came from outside.</summary>
    public bool IsElsewhere(int number, in FlowTuple outbound)
        => AreShared && outbound.Protocol is IpProtocol.Tcp or IpProtocol.Udp
            && SpaceOf(number, outbound.Protocol).Others.IsFree(outbound.Destination.Port);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PortSpace space in _spaces)
        {
            space.Dispose();
        }
    }

    private static int OrdinalOf(IpProtocol protocol)
    {
        Debug.Assert(protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Icmp, "Only these have port spaces.");
        return protocol switch
        {
            IpProtocol.Tcp => 0,
            IpProtocol.Udp => 1,
            _ => 2,
        };
    }

    // Pools that share an address have other ports of it each, but the same identifiers.
    private void Fill(IReadOnlyList<PoolOptions> pools)
    {
        for (int number = 0; number < Count; number++)
        {
            SpaceOf(number, IpProtocol.Icmp).Free.Fill(PortRange.All, []);
        }

        foreach (PoolOptions pool in pools)
        {
            foreach (IPv4Address address in pool.ExternalAddresses)
            {
                int number = _numbers[address];
                SpaceOf(number, IpProtocol.Tcp).Free.Fill(pool.Ports, pool.ExcludedPorts);
                SpaceOf(number, IpProtocol.Udp).Free.Fill(pool.Ports, pool.ExcludedPorts);
            }
        }
    }
}
