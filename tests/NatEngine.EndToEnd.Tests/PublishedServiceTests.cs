using System;
using NatEngine.EndToEnd.Tests.Harness;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests;

/// <summary>A Kestrel server inside, published on a port of the external address.</summary>
public sealed class PublishedServiceTests(GatewayNetworks networks) : IClassFixture<GatewayNetworks>
{
    private const long Length = 5_000_000;

    private static readonly string PublishedUrl =
        $"http://{NatTopology.ExternalAddress}:{GatewayNetwork.PublishedPort}";

    public static TheoryData<GatewayKind> Kinds => GatewayKinds.All;

    [RootTheory]
    [MemberData(nameof(Kinds))]
    public void It_is_reached_from_outside_and_sees_who_comes(GatewayKind kind)
    {
        GatewayNetwork network = networks.Of(kind);
        using WebServer server = WebServer.Start(network.Client.Host, network.Client.Address, 80);

        string hash = Programs.Download(network.Remote, PublishedUrl, seed: 3, Length);
        string peer = Programs.Fetch(network.Remote, $"{PublishedUrl}/peer", "--interface", "198.51.100.7");

        Assert.Equal(Content.Hash(3, Length), hash);
        Assert.StartsWith("198.51.100.7:", peer, StringComparison.Ordinal);
    }

    [RootTheory]
    [MemberData(nameof(Kinds))]
    public void It_is_reached_from_inside_by_its_external_address(GatewayKind kind)
    {
        GatewayNetwork network = networks.Of(kind);
        using WebServer server = WebServer.Start(network.Client.Host, network.Client.Address, 80);

        string hash = Programs.Download(network.Neighbour.Host, PublishedUrl, seed: 4, Length);
        string peer = Programs.Fetch(network.Neighbour.Host, $"{PublishedUrl}/peer");

        Assert.Equal(Content.Hash(4, Length), hash);

        // RFC 4787 REQ-9a: what is hairpinned comes from the external address.
        Assert.StartsWith($"{NatTopology.ExternalAddress}:", peer, StringComparison.Ordinal);
    }

    [RootTheory]
    [MemberData(nameof(Kinds))]
    public void It_is_reached_from_its_own_host_by_its_external_address(GatewayKind kind)
    {
        GatewayNetwork network = networks.Of(kind);
        using WebServer server = WebServer.Start(network.Client.Host, network.Client.Address, 80);

        string hash = Programs.Download(network.Client.Host, PublishedUrl, seed: 5, Length);

        Assert.Equal(Content.Hash(5, Length), hash);
    }

    [RootTheory]
    [MemberData(nameof(Kinds))]
    public void It_is_reached_from_inside_by_its_inside_address(GatewayKind kind)
    {
        GatewayNetwork network = networks.Of(kind);
        using WebServer server = WebServer.Start(network.Client.Host, network.Client.Address, 80);

        string peer = Programs.Fetch(network.Neighbour.Host, $"http://{network.Client.Address}/peer");

        Assert.StartsWith($"{network.Neighbour.Address}:", peer, StringComparison.Ordinal);
    }
}
