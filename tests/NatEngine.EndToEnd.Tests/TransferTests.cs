using System;
using System.IO;
using System.Linq;
using NatEngine.EndToEnd.Tests.Harness;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests;

/// <summary>Files through the gateway with curl, to and from Kestrel, compared by hash.</summary>
public sealed class TransferTests(GatewayNetworks networks) : IClassFixture<GatewayNetworks>
{
    private const int Megabyte = 1_000_000;

    private static readonly string Url = $"http://{NatTopology.RemoteAddress}";

    public static TheoryData<GatewayKind> Kinds => GatewayKinds.All;

    [RootTheory]
    [MemberData(nameof(Kinds))]
    public void A_file_of_200_megabytes_arrives_unharmed(GatewayKind kind)
    {
        GatewayNetwork network = networks.Of(kind);
        using WebServer server = WebServer.Start(network.Remote, NatTopology.RemoteAddress, 80);

        string hash = Programs.Download(network.Client.Host, Url, seed: 1, 200 * Megabyte);

        Assert.Equal(Content.Hash(1, 200 * Megabyte), hash);
    }

    [RootTheory]
    [MemberData(nameof(Kinds))]
    public void Ten_files_at_once_arrive_unharmed(GatewayKind kind)
    {
        GatewayNetwork network = networks.Of(kind);
        using WebServer server = WebServer.Start(network.Remote, NatTopology.RemoteAddress, 80);

        RunningProgram[] downloads = [.. Enumerable.Range(1, 10).Select(seed => Programs.StartDownload(
            network.Topology.Inside[seed % 2].Host, Url, seed, 20 * Megabyte))];

        for (int seed = 1; seed <= downloads.Length; seed++)
        {
            using RunningProgram download = downloads[seed - 1];
            Assert.Equal(Content.Hash(seed, 20 * Megabyte), Programs.HashOf(download));
        }
    }

    [RootTheory]
    [MemberData(nameof(Kinds))]
    public void A_file_of_200_megabytes_leaves_unharmed(GatewayKind kind)
    {
        GatewayNetwork network = networks.Of(kind);
        using WebServer server = WebServer.Start(network.Remote, NatTopology.RemoteAddress, 80);
        string path = Path.GetTempFileName();
        try
        {
            WriteFile(path, seed: 2, 200 * Megabyte);

            Assert.Equal(Content.Hash(2, 200 * Megabyte), Programs.Upload(network.Client.Host, Url, path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void WriteFile(string path, int seed, long length)
    {
        byte[] octets = new byte[Content.BlockLength];
        using FileStream file = File.Create(path);
        for (long block = 0; file.Position < length; block++)
        {
            Content.Fill(seed, block, octets);
            file.Write(octets, 0, (int)Math.Min(octets.Length, length - file.Position));
        }
    }
}
