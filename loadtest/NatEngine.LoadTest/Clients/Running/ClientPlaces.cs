using System.Net;
using NatEngine.LoadTest.Clients.Servers;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Clients.Running;

/// <summary>Where clients and servers are, and the seed of their chance.</summary>
/// <param name="FirstClient">The first client's address; the others follow it.</param>
/// <param name="Servers">The servers.</param>
/// <param name="Seed">The same seed, the same pages and pauses.</param>
internal sealed record ClientPlaces(IPv4Address FirstClient, ServerPlaces Servers, ulong Seed)
{
    /// <summary>The address of a client.</summary>
    public IPAddress AddressOf(int number) => new IPv4Address(FirstClient.Value + (uint)number).ToIPAddress();
}
