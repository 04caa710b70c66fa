using System;
using System.Collections.Generic;
using System.Diagnostics;
using NatEngine.Packets;

namespace NatEngine.Translation.Ports;

/// <summary>The external addresses and the ports of each.</summary>
internal sealed class ExternalAddressPool : IDisposable
{
    private const int ProtocolsWithPorts = 3;

    private readonly IPv4Address[] _addresses;
    private readonly Dictionary<IPv4Address, int> _indices;
    private readonly PortSpace[] _spaces;
    private readonly ulong _seed;

    /// <summary>All ports are free, except those excluded.</summary>
    /// <param name="options">Says which addresses and ports.</param>
    /// <param name="seed">A secret for the choice of addresses.</param>
    public ExternalAddressPool(TranslationOptions options, ulong seed)
    {
        _seed = seed;
        _addresses = [.. options.ExternalAddresses];
        Deterministic = options.Deterministic is DeterministicOptions computed
            ? new DeterministicPorts(computed.Prefix, computed.Ratio, _addresses, options.Ports)
            : null;
        _indices = new Dictionary<IPv4Address, int>(_addresses.Length);
        _spaces = new PortSpace[_addresses.Length * ProtocolsWithPorts];
        for (int index = 0; index < _addresses.Length; index++)
        {
            _indices.Add(_addresses[index], index);
            for (int ordinal = 0; ordinal < ProtocolsWithPorts; ordinal++)
            {
                _spaces[(index * ProtocolsWithPorts) + ordinal] = ordinal == OrdinalOf(IpProtocol.Icmp)
                    ? new PortSpace(PortRange.All, [])
                    : new PortSpace(options.Ports, options.ExcludedPorts);
            }
        }
    }

    /// <summary>How many addresses there are.</summary>
    public int Count => _addresses.Length;

    /// <summary>The address with that number.</summary>
    public IPv4Address this[int index] => _addresses[index];

    /// <summary>The number of <paramref name="address"/>; false if it is not one of ours.</summary>
    public bool TryFind(IPv4Address address, out int index) => _indices.TryGetValue(address, out index);

    /// <summary>The ports that every internal address has for itself; null if they share.</summary>
    public DeterministicPorts? Deterministic { get; }

    /// <summary>The number of the address that stands for <paramref name="internalAddress"/>, always the same one
    /// (paired pooling, RFC 4787 REQ-2).</summary>
    public int PairedWith(IPv4Address internalAddress)
    {
        if (Deterministic is not null)
        {
            return Deterministic.TryPlace(internalAddress, out int computed, out _) ? computed : 0;
        }

        FlowTuple key = new(new TransportAddress(internalAddress, 0), default, IpProtocol.None);
        return (int)(((key.Hash(_seed) >> 32) * (uint)_addresses.Length) >> 32);
    }

    /// <summary>The ports of an address for a protocol, which must be TCP, UDP or ICMP.</summary>
    public PortSpace SpaceOf(int index, IpProtocol protocol)
        => _spaces[(index * ProtocolsWithPorts) + OrdinalOf(protocol)];

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
}
