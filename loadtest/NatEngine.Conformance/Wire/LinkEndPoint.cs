using System;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace NatEngine.Conformance.Wire;

/// <summary>An interface, as an AF_PACKET socket is bound to one (<c>struct sockaddr_ll</c> of
/// linux/if_packet.h).</summary>
internal sealed class LinkEndPoint(int interfaceIndex) : EndPoint
{
    /// <summary>ETH_P_ALL: frames of every kind, seen before any ingress hook.</summary>
    public const ushort AllProtocols = 3;

    private const int Length = 20;

    /// <inheritdoc/>
    public override AddressFamily AddressFamily => AddressFamily.Packet;

    /// <inheritdoc/>
    public override SocketAddress Serialize()
    {
        SocketAddress address = new(AddressFamily.Packet, Length);
        Span<byte> octets = address.Buffer.Span;
        BinaryPrimitives.WriteUInt16BigEndian(octets[2..], AllProtocols); // sll_protocol
        MemoryMarshal.Write(octets[4..], interfaceIndex); // sll_ifindex
        return address;
    }
}
