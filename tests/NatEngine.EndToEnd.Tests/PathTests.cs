using System;
using System.IO;
using System.Linq;
using System.Net;
using NatEngine.EndToEnd.Tests.Harness;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests;

/// <summary>Programs that look at the path itself, with a router beyond the gateway and a narrower link behind
/// it.</summary>
public sealed class PathTests
{
    private const int NarrowMtu = 1300;
    private const int Length = 3_000_000;

    private static readonly IPAddress Far = IPAddress.Parse("198.51.100.2");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static TheoryData<GatewayKind> Kinds => GatewayKinds.All;

    [RootTheory]
    [MemberData(nameof(Kinds))]
    public void Traceroute_of_each_kind_sees_every_router(GatewayKind kind)
    {
        using GatewayNetwork network = GatewayNetwork.Start(kind, AddFarHost);

        // Datagrams, pings and SYNs.
        foreach (string method in new[] { "-U", "-I", "-T" })
        {
            string output = network.Client.Host
                .Run("traceroute", ["-n", "-q", "1", "-N", "1", "-w", "10", method, $"{Far}"], Patience)
                .EnsureSuccess().Output;
            string[] hops = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1])];
            Assert.Equal([$"{NatTopology.InternalAddress}", $"{NatTopology.RemoteAddress}", $"{Far}"], hops);
        }
    }

    [RootTheory]
    [MemberData(nameof(Kinds))]
    public void Narrow_link_beyond_the_gateway_is_found(GatewayKind kind)
    {
        using GatewayNetwork network = GatewayNetwork.Start(kind, AddFarHost);
        string path = network.Client.Host.Run("tracepath", ["-n", $"{Far}"], Patience).EnsureSuccess().Output;

        Assert.Contains($"Resume: pmtu {NarrowMtu} hops 3 back 3", path, StringComparison.Ordinal);
    }

    // MSS would keep the segments short; so that they meet the narrow link, both ends claim to take full ones.
    [RootTheory]
    [MemberData(nameof(Kinds))]
    public void Upload_over_a_narrow_link_beyond_the_gateway_arrives(GatewayKind kind)
    {
        using GatewayNetwork network = GatewayNetwork.Start(kind, AddFarHost);
        LabHost far = network.Topology.Lab.Hosts.Single(host => host.Name == "far");
        far.Configure("route change default via 198.51.100.1 advmss 1460");
        using WebServer server = WebServer.Start(far, Far, 80);
        string path = Path.GetTempFileName();
        try
        {
            byte[] octets = new byte[Content.BlockLength];
            Content.Fill(3, 0, octets);
            File.WriteAllBytes(path, octets);

            Assert.Equal(
                Content.Hash(3, Content.BlockLength),
                Programs.Upload(network.Client.Host, $"http://{Far}", path));
        }
        finally
        {
            File.Delete(path);
        }

        string learnt = network.Client.Host.Run("ip", ["route", "get", $"{Far}"]).EnsureSuccess().Output;
        Assert.Contains($"mtu {NarrowMtu}", learnt, StringComparison.Ordinal);
    }

    [RootTheory]
    [MemberData(nameof(Kinds))]
    public void Download_over_a_narrow_link_inside_arrives(GatewayKind kind)
    {
        using GatewayNetwork network = GatewayNetwork.Start(kind, topology =>
        {
            topology.Gateway.Configure($"link set {NatTopology.InternalInterface} mtu {NarrowMtu}");
            topology.Inside[0].Host.Configure(
                $"link set {InsideHost.Interface} mtu {NarrowMtu}",
                $"route change default via {NatTopology.InternalAddress} advmss 1460");
        });
        using WebServer server = WebServer.Start(network.Remote, NatTopology.RemoteAddress, 80);

        Assert.Equal(
            Content.Hash(4, Length),
            Programs.Download(network.Client.Host, $"http://{NatTopology.RemoteAddress}", seed: 4, Length));

        string learnt = network.Remote
            .Run("ip", ["route", "get", $"{NatTopology.ExternalAddress}"]).EnsureSuccess().Output;
        Assert.Contains($"mtu {NarrowMtu}", learnt, StringComparison.Ordinal);
    }

    [RootTheory]
    [MemberData(nameof(Kinds))]
    public void Pings_in_fragments_are_answered_in_fragments(GatewayKind kind)
    {
        using GatewayNetwork network = GatewayNetwork.Start(kind, AddFarHost);

        // The far link cuts anew what is cut already; identifications that are not unique would mix them up.
        foreach (IPAddress address in new[] { NatTopology.RemoteAddress, Far })
        {
            using RunningProgram second = Programs.StartPing(network.Neighbour.Host, address, 10, "-s", "4000");
            using RunningProgram first = Programs.StartPing(network.Client.Host, address, 10, "-s", "4000");
            Assert.Equal(10, Programs.Answered(first));
            Assert.Equal(10, Programs.Answered(second));
        }
    }

    [RootTheory]
    [MemberData(nameof(Kinds))]
    public void Pings_with_options_are_answered(GatewayKind kind)
    {
        using GatewayNetwork network = GatewayNetwork.Start(kind);
        LabHost client = network.Client.Host;
        using RunningProgram route = Programs.StartPing(client, NatTopology.RemoteAddress, 10, "-R");
        using RunningProgram time = Programs.StartPing(client, NatTopology.RemoteAddress, 10, "-T", "tsonly");

        Assert.Equal(10, Programs.Answered(route));
        Assert.Equal(10, Programs.Answered(time));
    }

    // remote ─ far, 198.51.100.0/24, an MTU of 1300; the remote is a router now.
    private static void AddFarHost(NatTopology topology)
    {
        LabHost far = topology.Lab.AddHost("far");
        topology.Lab.Connect(topology.Remote, "far0", far, "eth0", NarrowMtu);
        topology.Remote.Configure("route del local 198.51.100.0/24 dev lo", "address add 198.51.100.1/24 dev far0");
        topology.Remote.SetForwarding(true);
        far.Configure($"address add {Far}/24 dev eth0", "route add default via 198.51.100.1");
    }
}
