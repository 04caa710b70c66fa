using System;
using System.Numerics;

namespace NatEngine.Packets;

/// <summary>
/// What identifies one direction of a session: protocol, source and destination. Two packets with the same tuple
/// belong to the same session; if the tuples differ, they do not (nf_conntrack_tuple.h).
/// </summary>
/// <remarks>
/// <para>(SA, SP, DA, DP, PROTO). Sixteen octets, compared as two numbers.</para>
/// <para>ICMP queries have an identifier but no ports. It stands in the port's place on the side of the host that
/// asked, and the query's type and code on the side that answers, so that <see cref="Reply"/> of a request is the
/// tuple of its answer, as in nf_conntrack_proto_icmp.c. Protocols without ports have 0 in both places.</para>
/// <para>The tuple of an ICMP error is that of the embedded packet, reversed (RFC 5508 section 4). Code that asks
/// "which session?" must read the tuple, never the outer header.</para>
/// </remarks>
public readonly struct FlowTuple : IEquatable<FlowTuple>
{
    // Source address in the upper half, destination in the lower: Reply is a rotation.
    private readonly ulong _addresses;

    // Source port in bits 63..48, destination port in bits 47..32, protocol in bits 7..0.
    private readonly ulong _portsAndProtocol;

    /// <summary>A tuple of its parts.</summary>
    public FlowTuple(TransportAddress source, TransportAddress destination, IpProtocol protocol)
    {
        _addresses = ((ulong)source.Address.Value << 32) | destination.Address.Value;
        _portsAndProtocol = ((ulong)source.Port << 48) | ((ulong)destination.Port << 32) | (byte)protocol;
    }

    private FlowTuple(ulong addresses, ulong portsAndProtocol)
    {
        _addresses = addresses;
        _portsAndProtocol = portsAndProtocol;
    }

    /// <summary>A tuple of what stands in a packet.</summary>
    /// <param name="addresses">Source and destination address, read as one number.</param>
    /// <param name="ports">Source and destination port, read as one number.</param>
    /// <param name="protocol">The transport protocol.</param>
    internal static FlowTuple Of(ulong addresses, uint ports, IpProtocol protocol)
        => new(addresses, ((ulong)ports << 32) | (byte)protocol);

    /// <summary>Where the packets of this direction come from.</summary>
    public TransportAddress Source => new(new IPv4Address((uint)(_addresses >> 32)), (ushort)(_portsAndProtocol >> 48));

    /// <summary>Where they go to.</summary>
    public TransportAddress Destination
        => new(new IPv4Address((uint)_addresses), (ushort)(_portsAndProtocol >> 32));

    /// <summary>The transport protocol.</summary>
    public IpProtocol Protocol => (IpProtocol)(byte)_portsAndProtocol;

    /// <summary>Both addresses as one number, the source's in the upper half: the order of a packet.</summary>
    internal ulong Addresses => _addresses;

    /// <summary>Both ports as one number, the source's in the upper half: the order of a packet.</summary>
    internal uint Ports => (uint)(_portsAndProtocol >> 32);

    /// <summary>The tuple of the packets that answer this one.</summary>
    public FlowTuple Reply()
    {
        uint ports = (uint)(_portsAndProtocol >> 32);
        return new FlowTuple(
            BitOperations.RotateLeft(_addresses, 32),
            ((ulong)BitOperations.RotateLeft(ports, 16) << 32) | (uint)_portsAndProtocol);
    }

    /// <summary>Mixes the tuple with a secret, so that nobody who does not know it can choose tuples that fall
    /// together.</summary>
    /// <param name="seed">The secret, drawn once per table.</param>
    /// <returns>64 bits, each depending on every bit of the tuple and the seed.</returns>
    /// <remarks>Two folded 64 × 64 to 128 bit multiplications, as in wyhash; each operand depends on the seed, so a
    /// zero that would annihilate the other cannot be chosen from outside.</remarks>
    public ulong Hash(ulong seed)
    {
        const ulong First = 0xA076_1D64_78BD_642F; // wyhash's secrets
        const ulong Second = 0xE703_7ED1_A0B4_28DB;
        ulong mixed = Fold(_addresses ^ First ^ seed, _portsAndProtocol ^ Second ^ BitOperations.RotateLeft(seed, 32));
        return Fold(mixed ^ First, seed ^ Second);
    }

    /// <inheritdoc/>
    public bool Equals(FlowTuple other)
        => _addresses == other._addresses && _portsAndProtocol == other._portsAndProtocol;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FlowTuple other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_addresses, _portsAndProtocol);

    /// <summary>True if all parts are equal.</summary>
    public static bool operator ==(FlowTuple left, FlowTuple right) => left.Equals(right);

    /// <summary>True if any part differs.</summary>
    public static bool operator !=(FlowTuple left, FlowTuple right) => !left.Equals(right);

    /// <summary>The form <c>Tcp 100.64.0.5:40000 -> 198.51.100.7:443</c>.</summary>
    public override string ToString() => $"{Protocol} {Source} -> {Destination}";

    private static ulong Fold(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return high ^ low;
    }
}
