using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests.Harness;

/// <summary>Transfers, names, a published service and a stranger, through a gateway that is then asked to
/// stop.</summary>
internal static class TrafficOfEveryKind
{
    private const int Length = 4_000_000;

    /// <summary>Starts natengine with a layout and further options, and sends everything through it.</summary>
    public static void GoesThrough(string layout, params string[] options)
    {
        using GatewayNetwork network = GatewayNetwork.Start(
            GatewayKind.NatEngine, options: ["--layout", layout, .. options]);
        using WebServer outside = WebServer.Start(network.Remote, NatTopology.RemoteAddress, 80);
        using WebServer published = WebServer.Start(network.Client.Host, network.Client.Address, 80);
        using UdpResponder names = UdpResponder.Start(
            network.Remote, NatTopology.RemoteAddress, 53, query => NameServer.Answer(query, IPAddress.Loopback));

        Assert.Equal(5, Programs.Ping(network.Client.Host, NatTopology.RemoteAddress, count: 5));
        TransferBothWaysAtOnce(network);
        Assert.Equal("127.0.0.1", Programs.Dig(network.Neighbour.Host, NatTopology.RemoteAddress, "nel.test"));
        string service = $"http://{NatTopology.ExternalAddress}:{GatewayNetwork.PublishedPort}/peer";
        Assert.StartsWith("203.0.113.10:", Programs.Fetch(network.Remote, service), StringComparison.Ordinal);
        Assert.StartsWith("203.0.113.1:", Programs.Fetch(network.Neighbour.Host, service), StringComparison.Ordinal);
        AssertStrangersStayOutside(network);

        Assert.Contains($"layout {layout}", network.Engine!.Ask("stats").Output, StringComparison.Ordinal);
        Assert.Equal(0, network.Engine.Stop().ExitCode);
        Assert.Empty(MachineState.Guards(network.Topology.Gateway));
    }

    private static void TransferBothWaysAtOnce(GatewayNetwork network)
    {
        string url = $"http://{NatTopology.RemoteAddress}";
        string path = Path.GetTempFileName();
        try
        {
            byte[] octets = new byte[Content.BlockLength];
            Content.Fill(1, 0, octets);
            File.WriteAllBytes(path, octets);
            using RunningProgram first = Programs.StartDownload(network.Client.Host, url, seed: 1, Length);
            using RunningProgram second = Programs.StartDownload(network.Neighbour.Host, url, seed: 2, Length);
            Assert.Equal(
                Content.Hash(1, Content.BlockLength), Programs.Upload(network.Client.Host, url, path));
            Assert.Equal(Content.Hash(1, Length), Programs.HashOf(first));
            Assert.Equal(Content.Hash(2, Length), Programs.HashOf(second));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void AssertStrangersStayOutside(GatewayNetwork network)
    {
        using Acquaintance known = Acquaintance.Make(network);
        using Socket stranger = network.Remote.CreateUdpSocket();
        stranger.SendTo("psst"u8, known.Mapped);
        Programs.Await(() => network.Engine!.Drops("Filtered") == 1, "the stranger's to be dropped");
        known.Exchange(); // Would receive the stranger's first, had it come in.
    }
}
