using System.Linq;
using NatEngine.LoadTest.Rfc9693;
using NatEngine.LoadTest.Testbeds;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Ports;

/// <summary>A remote endpoint that most of an address's ports talk to already: who is there, and who comes.</summary>
internal sealed record CrowdedEndpoint
{
    private const int NewcomerBits = 25;

    // The block begins with the address before the first host's, which nobody has.
    private const int NewcomerAddresses = (1 << (32 - NewcomerBits)) - 1;

    /// <summary>Inside hosts, newcomers' among them.</summary>
    public int Hosts { get; init; } = 1024;

    /// <summary>Source ports of each: with all of them, more connections than an address has ports.</summary>
    public int PortsPerHost { get; init; } = 65;

    /// <summary>Connections that are there: nine tenths of an address's ports.</summary>
    public int ResidentCount { get; init; } = PortsSettings.PortsOfAnAddress * 9 / 10;

    /// <summary>Connections that come, again and again, and are ended in between.</summary>
    public int NewcomerCount { get; init; } = 5_000;

    /// <summary>Connections per second when the rest is filled.</summary>
    public double FillRate { get; init; } = 20_000;

    /// <summary>Connections that are watched while newcomers are refused.</summary>
    public int OldSessions { get; init; } = 2_000;

    /// <summary>Their frames per second, both directions together.</summary>
    public double OldRate { get; init; } = 20_000;

    /// <summary>The hosts that newcomers are, and nobody else.</summary>
    public IPv4Prefix NewcomerHosts { get; } = new(Testbed.FirstClient, NewcomerBits);

    /// <summary>All connections, to one remote endpoint.</summary>
    public FlowSpaceOptions SpaceOf(int seed) => new()
    {
        FirstHost = Testbed.FirstClient,
        Hosts = Hosts,
        SourcePorts = PortsPerHost,
        FirstDestination = new TransportAddress(IPv4Address.From(Testbed.Target), 7),
        Seed = seed,
    };

    /// <summary>Those that are there.</summary>
    public int[] Residents(int seed) => Draw(seed, fromNewcomerHosts: false, ResidentCount);

    /// <summary>Those that come.</summary>
    public int[] Newcomers(int seed) => Draw(seed, fromNewcomerHosts: true, NewcomerCount);

    // The host of a connection is its number's remainder (FlowSpace).
    private int[] Draw(int seed, bool fromNewcomerHosts, int count)
    {
        int all = Hosts * PortsPerHost;
        return
        [
            .. FlowOrder.Shuffled(all, seed)
                .Where(flow => (flow % Hosts < NewcomerAddresses) == fromNewcomerHosts)
                .Take(count),
        ];
    }
}
