using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Clients.Servers;

/// <summary>Remembers from which addresses the servers were spoken to.</summary>
internal sealed class PeerTally
{
    private readonly ConcurrentDictionary<uint, bool> _addresses = new();
    private long _requests;

    /// <summary>How many requests and datagrams came.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>The addresses, in order.</summary>
    public IReadOnlyList<IPv4Address> Addresses => [.. _addresses.Keys.Order().Select(value => new IPv4Address(value))];

    /// <summary>Counts a request.</summary>
    public void Add(IPv4Address peer)
    {
        Interlocked.Increment(ref _requests);
        if (!_addresses.ContainsKey(peer.Value))
        {
            _addresses.TryAdd(peer.Value, true);
        }
    }

    /// <summary>The address in a <c>sockaddr_in</c>: after family and port, in network order (ip(7)).</summary>
    public static IPv4Address AddressOf(SocketAddress address)
        => new(BinaryPrimitives.ReadUInt32BigEndian(address.Buffer.Span[4..]));
}
