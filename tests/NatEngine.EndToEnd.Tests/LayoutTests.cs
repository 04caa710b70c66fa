using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using NatEngine.EndToEnd.Tests.Harness;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests;

/// <summary>Every layout of the pipeline, on both rings, does what the others do.</summary>
public sealed class LayoutTests
{
    private const int Length = 4_000_000;

    private static readonly string[] Stages = ["rx", "lookup", "rewrite", "checksum", "tx"];
    private static readonly string[] Rings = ["v2", "v3"];

    /// <summary>Each of the four joints is a call or a channel: sixteen layouts.</summary>
    public static IEnumerable<object[]> Configurations =>
        from ring in Rings
        from joints in Enumerable.Range(0, 16)
        select new object[] { Layout(joints), ring };

    [RootTheory]
    [MemberData(nameof(Configurations))]
    public void Traffic_of_every_kind_goes_through(string layout, string ring)
        => SendTrafficOfEveryKind(layout, "--ring", ring);

    [RootTheory]
    [InlineData("rx+lookup+rewrite+checksum+tx")]
    [InlineData("rx+lookup|rewrite+checksum|tx")]
    public void Traffic_of_every_kind_goes_through_when_AF_XDP_sends_it(string layout)
        => SendTrafficOfEveryKind(layout, "--transmit", "xdp");

    private static void SendTrafficOfEveryKind(string layout, params string[] options)
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
        known.Exchange(); // Would receive the stranger's first, had it come in.
        Assert.Equal(1, network.Engine!.Drops("Filtered"));
    }

    private static string Layout(int joints) => Stages[0] + string.Concat(
        Stages.Skip(1).Select((stage, joint) => ((joints >> joint & 1) == 0 ? "+" : "|") + stage));
}
