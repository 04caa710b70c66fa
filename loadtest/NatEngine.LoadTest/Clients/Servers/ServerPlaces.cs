using System;
using System.Net;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Clients.Servers;

/// <summary>Where the servers are: so many addresses in a row, each with all services.</summary>
/// <param name="First">The first address.</param>
/// <param name="Count">How many.</param>
internal sealed record ServerPlaces(IPv4Address First, int Count)
{
    /// <summary>The port of the web servers.</summary>
    public const int WebPort = 80;

    /// <summary>The port of the name servers.</summary>
    public const int DnsPort = 53;

    /// <summary>The port of the game servers.</summary>
    public const int GamePort = 27015;

    /// <summary>What every server's name ends in: server 7 is "s7.natload.test".</summary>
    public const string Domain = "natload.test";

    // An office has a resolver or two, and everybody asks the same.
    private const int Resolvers = 2;

    /// <summary>The servers of every testbed: 64 of the addresses behind the remote host (RFC 2544's prefix).</summary>
    public static ServerPlaces Default { get; } = new(IPv4Address.Parse("198.18.0.1"), 64);

    /// <summary>The address of a server.</summary>
    /// <param name="number">From 0 to below <see cref="Count"/>.</param>
    public IPAddress AddressOf(int number)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)number, (uint)Count);
        return new IPv4Address(First.Value + (uint)number).ToIPAddress();
    }

    /// <summary>Which server has an address.</summary>
    /// <returns>Its number, or -1 if none has it.</returns>
    public int NumberOf(IPv4Address address)
    {
        uint number = address.Value - First.Value;
        return number < (uint)Count ? (int)number : -1;
    }

    /// <summary>The name servers that clients ask.</summary>
    public IPEndPoint Resolver(int choice)
        => new(AddressOf(choice % Math.Min(Resolvers, Count)), DnsPort);

    /// <summary>The name of a server.</summary>
    public static string NameOf(int number) => $"s{number}.{Domain}";
}
