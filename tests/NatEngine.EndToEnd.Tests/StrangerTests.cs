using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using NatEngine.EndToEnd.Tests.Harness;
using NatEngine.EndToEnd.Tests.Wire;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests;

/// <summary>Whoever was not asked stays outside.</summary>
public sealed class StrangerTests(GatewayNetworks networks) : IClassFixture<GatewayNetworks>
{
    private const int UnpublishedPort = 20_000;

    private static readonly IPAddress Stranger = NatTopology.RemoteAddresses[1];

    public static TheoryData<GatewayKind> Kinds => GatewayKinds.All;

    public static TheoryData<GatewayKind> OurKinds => GatewayKinds.NatEngine;

    [RootTheory]
    [MemberData(nameof(Kinds))]
    public void A_datagram_to_a_mapped_port_from_elsewhere_does_not_arrive(GatewayKind kind)
    {
        GatewayNetwork network = networks.Of(kind);
        using Acquaintance known = Acquaintance.Make(network);
        using Socket otherPort = UdpAt(network, NatTopology.RemoteAddress);
        using Socket otherAddress = UdpAt(network, Stranger);
        using FrameCapture inside = FrameCapture.Start(network.Client.Host, InsideHost.Interface);
        long before = network.Engine?.Drops("Filtered") ?? 0;

        otherPort.SendTo("psst"u8, known.Mapped);
        otherAddress.SendTo("psst"u8, known.Mapped);
        AwaitDrops(network, "Filtered", before + 2);
        known.Exchange();

        // All went the same way, in order: what was sent before the exchange would have arrived before it.
        IEnumerable<CapturedFrame> datagrams = inside.Stop().Where(frame => frame.IsIPv4 && frame.Protocol == 17);
        Assert.All(datagrams, frame => Assert.Equal(known.Server, new IPEndPoint(frame.Source, frame.SourcePort)));
    }

    [RootTheory]
    [MemberData(nameof(Kinds))]
    public void A_connection_to_an_unpublished_port_does_not_arrive(GatewayKind kind)
    {
        GatewayNetwork network = networks.Of(kind);
        using Acquaintance known = Acquaintance.Make(network);
        using FrameCapture inside = FrameCapture.Start(network.Client.Host, InsideHost.Interface);
        using FrameCapture neighbour = FrameCapture.Start(network.Neighbour.Host, InsideHost.Interface);
        long before = network.Engine?.Drops("NoMapping") ?? 0;
        using Socket stranger = network.Remote.CreateTcpSocket();
        stranger.Blocking = false;
        stranger.Bind(new IPEndPoint(Stranger, 0));

        Assert.Throws<SocketException>(
            () => stranger.Connect(new IPEndPoint(NatTopology.ExternalAddress, UnpublishedPort)));
        stranger.Dispose(); // It would send its SYN again after a second, and what follows may take longer.
        AwaitDrops(network, "NoMapping", before + 1);
        known.Exchange();

        Assert.DoesNotContain(
            inside.Stop().Concat(neighbour.Stop()), frame => frame.IsIPv4 && frame.Protocol == 6);
    }

    [RootTheory]
    [MemberData(nameof(Kinds))]
    public void A_packet_for_the_inside_itself_does_not_arrive(GatewayKind kind)
    {
        // As an attacker on the external link would: the inside's addresses, by way of the gateway.
        GatewayNetwork network = networks.Of(kind);
        using Acquaintance known = Acquaintance.Make(network);
        using FrameCapture inside = FrameCapture.Start(network.Client.Host, InsideHost.Interface);
        network.Topology.RouteInsideAtRemote();
        try
        {
            using Socket attacker = UdpAt(network, Stranger);
            attacker.SendTo("psst"u8, new IPEndPoint(network.Client.Address, 7));
            known.Exchange();
        }
        finally
        {
            network.Remote.Configure($"route del {NatTopology.InternalPrefix}");
        }

        Assert.DoesNotContain(inside.Stop(), frame => frame.IsIPv4 && frame.Source.Equals(Stranger));
    }

    [RootFact]
    public void The_gateways_own_services_stay_reachable_in_shared_mode()
    {
        GatewayNetwork network = networks.Of(GatewayKind.NatEngine);
        using WebServer own = WebServer.Start(network.Topology.Gateway, IPAddress.Any, 80);

        string outside = Programs.Fetch(network.Remote, $"http://{NatTopology.ExternalAddress}/peer");
        string inside = Programs.Fetch(network.Client.Host, $"http://{NatTopology.InternalAddress}/peer");

        Assert.StartsWith($"{NatTopology.RemoteAddress}:", outside, StringComparison.Ordinal);
        Assert.StartsWith($"{network.Client.Address}:", inside, StringComparison.Ordinal);
    }

    [RootTheory]
    [MemberData(nameof(OurKinds))]
    public void Nothing_was_dropped_that_should_not_have_been(GatewayKind kind)
    {
        using GatewayNetwork network = GatewayNetwork.Start(kind);
        using WebServer server = WebServer.Start(network.Remote, NatTopology.RemoteAddress, 80);
        Programs.Download(network.Client.Host, $"http://{NatTopology.RemoteAddress}", seed: 8, 10_000_000);
        Programs.Ping(network.Client.Host, NatTopology.RemoteAddress, count: 3);

        Assert.DoesNotContain(network.Engine!.Drops(), drop => drop.Value != 0);
    }

    // What a busy processor had yet to hand on would come after what another one sends later.
    private static void AwaitDrops(GatewayNetwork network, string reason, long count)
        => Programs.Await(() => network.Engine is null || network.Engine.Drops(reason) >= count, $"the drop: {reason}");

    private static Socket UdpAt(GatewayNetwork network, IPAddress address)
    {
        Socket socket = network.Remote.CreateUdpSocket();
        socket.Bind(new IPEndPoint(address, 0));
        return socket;
    }
}
