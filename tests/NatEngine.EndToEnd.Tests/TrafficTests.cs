using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using NatEngine.EndToEnd.Tests.Harness;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests;

/// <summary>What hosts behind a gateway do all day, with the programs that people do it with.</summary>
public sealed class TrafficTests(GatewayNetworks networks) : IClassFixture<GatewayNetworks>
{
    public static TheoryData<GatewayKind> Kinds => GatewayKinds.All;

    [RootTheory]
    [MemberData(nameof(Kinds))]
    public void Every_ping_is_answered_from_the_first_on(GatewayKind kind)
    {
        // A network of its own: no neighbour is known yet, on either side.
        using GatewayNetwork network = GatewayNetwork.Start(kind);

        Assert.Equal(10, Programs.Ping(network.Client.Host, NatTopology.RemoteAddress, count: 10));
        Assert.Equal(10, Programs.Ping(network.Neighbour.Host, IPAddress.Parse("198.51.100.1"), count: 10));
    }

    [RootTheory]
    [MemberData(nameof(Kinds))]
    public void The_server_sees_the_external_address(GatewayKind kind)
    {
        GatewayNetwork network = networks.Of(kind);
        using WebServer server = WebServer.Start(network.Remote, IPAddress.Any, 80);

        string peer = Programs.Fetch(network.Client.Host, "http://198.51.100.7/peer");

        Assert.StartsWith($"{NatTopology.ExternalAddress}:", peer, StringComparison.Ordinal);
    }

    [RootTheory]
    [MemberData(nameof(Kinds))]
    public void A_name_is_looked_up(GatewayKind kind)
    {
        GatewayNetwork network = networks.Of(kind);
        IPAddress address = IPAddress.Parse("198.18.0.99");
        using UdpResponder server = UdpResponder.Start(
            network.Remote, NatTopology.RemoteAddress, 53, query => NameServer.Answer(query, address));

        Assert.Equal(address.ToString(), Programs.Dig(network.Client.Host, NatTopology.RemoteAddress, "nel.test"));

        Assert.All(server.Senders.Keys, sender => Assert.Equal(NatTopology.ExternalAddress, sender.Address));
    }

    [RootTheory]
    [MemberData(nameof(Kinds))]
    public void Iperf3_sends_tcp_and_receives_tcp(GatewayKind kind)
    {
        GatewayNetwork network = networks.Of(kind);

        JsonElement sent = Programs.Iperf(network.Client.Host, network.Remote, NatTopology.RemoteAddress);
        JsonElement received = Programs.Iperf(network.Client.Host, network.Remote, NatTopology.RemoteAddress, "-R");

        Assert.True(sent.GetProperty("sum_received").GetProperty("bytes").GetInt64() > 0);
        Assert.True(received.GetProperty("sum_received").GetProperty("bytes").GetInt64() > 0);
    }

    [RootTheory]
    [MemberData(nameof(Kinds))]
    public void Iperf3_sends_udp_and_receives_udp(GatewayKind kind)
    {
        GatewayNetwork network = networks.Of(kind);
        string[] options = ["-u", "-b", "20M", "-l", "1400"];

        JsonElement sent = Programs.Iperf(network.Client.Host, network.Remote, NatTopology.RemoteAddress, options);
        JsonElement received = Programs.Iperf(
            network.Client.Host, network.Remote, NatTopology.RemoteAddress, [.. options, "-R"]);

        foreach (JsonElement sum in new[] { sent.GetProperty("sum"), received.GetProperty("sum") })
        {
            long packets = sum.GetProperty("packets").GetInt64();
            Assert.InRange(sum.GetProperty("lost_packets").GetInt64(), 0, packets - 1);
        }
    }

    [RootTheory]
    [MemberData(nameof(Kinds))]
    public void Two_hosts_use_the_same_port_to_the_same_server_over_tcp(GatewayKind kind)
    {
        GatewayNetwork network = networks.Of(kind);
        using Socket listener = network.Remote.CreateTcpSocket();
        listener.Bind(new IPEndPoint(NatTopology.RemoteAddress, 7000));
        listener.Listen();
        using Socket first = network.Client.Host.CreateTcpSocket();
        using Socket second = network.Neighbour.Host.CreateTcpSocket();
        foreach (Socket socket in new[] { first, second })
        {
            socket.Bind(new IPEndPoint(IPAddress.Any, 5555));
        }

        first.Connect(listener.LocalEndPoint!);
        using Socket firstAccepted = listener.Accept();
        second.Connect(listener.LocalEndPoint!);
        using Socket secondAccepted = listener.Accept();
        first.Send("first"u8);
        second.Send("second"u8);

        Assert.NotEqual(firstAccepted.RemoteEndPoint, secondAccepted.RemoteEndPoint);
        Assert.Equal("first", Received(firstAccepted));
        Assert.Equal("second", Received(secondAccepted));
    }

    [RootTheory]
    [MemberData(nameof(Kinds))]
    public void Two_hosts_use_the_same_port_to_the_same_server_over_udp(GatewayKind kind)
    {
        GatewayNetwork network = networks.Of(kind);
        using UdpResponder server = UdpResponder.Echo(network.Remote, NatTopology.RemoteAddress, 7001);
        using Socket first = network.Client.Host.CreateUdpSocket();
        using Socket second = network.Neighbour.Host.CreateUdpSocket();
        foreach (Socket socket in new[] { first, second })
        {
            socket.Bind(new IPEndPoint(IPAddress.Any, 5555));
            socket.Connect(new IPEndPoint(NatTopology.RemoteAddress, 7001));
        }

        first.Send("first"u8);
        second.Send("second"u8);

        Assert.Equal("first", Received(first));
        Assert.Equal("second", Received(second));
        Assert.Equal(2, server.Senders.Count);
    }

    private static string Received(Socket socket)
    {
        byte[] buffer = new byte[64];
        socket.ReceiveTimeout = 20_000;
        return Encoding.ASCII.GetString(buffer, 0, socket.Receive(buffer));
    }
}
