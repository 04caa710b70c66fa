using NatEngine.LoadTest.Clients.Servers;
using NatEngine.LoadTest.Systems;
using NatEngine.LoadTest.Testbeds;

namespace NatEngine.LoadTest.Clients.Ladders;

/// <summary>Makes a testbed's ends into thousands of clients and dozens of servers.</summary>
/// <remarks>Clients are reached by way of the inside host's own address, as if a router stood between. With all of them
/// on the gateway's link, its kernel's neighbour table, which holds 1,024 for the whole machine
/// (net.ipv4.neigh.default.gc_thresh3), would be the limit that is measured.</remarks>
internal static class ClientNetwork
{
    private const string ClientPrefix = "100.64.16.0/20";
    private const string InsideAddress = "100.64.0.10";
    private const string ServerPrefix = "198.18.0.0/24";

    // By default a host queues 128 to 512 half-open connections, fewer than a busy step has clients.
    private const string SynBacklog = "8192";

    /// <summary>Gives the ends their addresses, and whoever answers the clients the way back.</summary>
    public static void Prepare(Testbed testbed, ISystemUnderTest system)
    {
        testbed.Inside.Configure($"route replace local {ClientPrefix} dev lo");
        testbed.Remote.Configure($"route replace local {ServerPrefix} dev lo");
        if (system is GeneratorAlone)
        {
            testbed.Remote.Configure($"route replace {ClientPrefix} via {InsideAddress}");
        }
        else if (testbed.HasGateway)
        {
            testbed.Gateway.Configure($"route replace {ClientPrefix} via {InsideAddress}");
        }

        // Every port above those that need a privilege, as a NAT's; and a closed connection's port may be used again as
        // soon as its timestamps tell the two apart (RFC 6191), also towards other hosts than this one.
        testbed.Inside.SetSysctl("net.ipv4.ip_local_port_range", "1024 65535");
        testbed.Inside.SetSysctl("net.ipv4.tcp_tw_reuse", "1");
        testbed.Remote.SetSysctl("net.ipv4.tcp_max_syn_backlog", SynBacklog);
        testbed.Remote.SetSysctl("net.core.somaxconn", SynBacklog);
    }

    /// <summary>The servers, whose addresses <see cref="Prepare"/> gave to the remote host.</summary>
    public static ServerPlaces Servers => ServerPlaces.Default;
}
