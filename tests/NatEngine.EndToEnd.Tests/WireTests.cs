using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using NatEngine.EndToEnd.Tests.Harness;
using NatEngine.EndToEnd.Tests.Wire;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests;

/// <summary>What is on the links, frame by frame.</summary>
public sealed class WireTests
{
    private const int Tcp = 6;
    private const int Udp = 17;
    private const int Icmp = 1;
    private const int Length = 5_000_000;
    private const int Datagrams = 17;
    private const int PortWithoutChecksums = 7002;

    // asm-generic/socket.h: send UDP without a checksum.
    private const int SolSocket = 1;
    private const int SoNoCheck = 11;

    public static TheoryData<GatewayKind> Kinds => GatewayKinds.All;

    public static IEnumerable<object[]> KindsAndOffloads =>
        from kind in Enum.GetValues<GatewayKind>()
        from offloads in Enum.GetValues<LinkOffloads>()
        select new object[] { kind, offloads };

    [RootTheory]
    [MemberData(nameof(Kinds))]
    public void Tcpdump_outside_sees_only_the_external_address(GatewayKind kind)
    {
        using GatewayNetwork network = GatewayNetwork.Start(kind);
        string path = Path.GetTempFileName();
        try
        {
            using RunningProgram tcpdump = network.Remote.Start(
                "tcpdump",
                [
                    "-i", NatTopology.RemoteInterface, "-n", "-s", "128", "-B", "65536", "--immediate-mode",
                    "-Z", "root", "-U", "-w", path,
                ]);
            tcpdump.WaitForErrorLine("listening on", NatEngineProcess.Patience);
            SendEverything(network);
            Programs.Await(
                () => PacketsIn(network, path, $"udp port {PortWithoutChecksums}").Count('\n') == 2 * Datagrams,
                "tcpdump to have seen the last datagram");
            tcpdump.Signal(ProgramSignal.Interrupt);
            tcpdump.WaitForExit(NatEngineProcess.Patience).EnsureSuccess();

            string untranslated = PacketsIn(network, path, "net 100.64.0.0/16");
            Assert.True(untranslated.Length == 0, untranslated);
            Assert.NotEmpty(PacketsIn(network, path, $"src {NatTopology.ExternalAddress} and tcp"));
            Assert.NotEmpty(PacketsIn(network, path, $"src {NatTopology.ExternalAddress} and udp"));
            Assert.NotEmpty(PacketsIn(network, path, $"src {NatTopology.ExternalAddress} and icmp"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [RootTheory]
    [MemberData(nameof(KindsAndOffloads))]
    public void Every_checksum_is_right_beyond_the_gateway(GatewayKind kind, LinkOffloads offloads)
    {
        using GatewayNetwork network = GatewayNetwork.Start(kind, offloads != LinkOffloads.None);
        if (offloads == LinkOffloads.BeforeTheGateway)
        {
            network.Topology.Gateway.SetOffloads(NatTopology.InternalInterface, false);
            network.Topology.Gateway.SetOffloads(NatTopology.ExternalInterface, false);
        }

        using FrameCapture outside = FrameCapture.Start(network.Remote, NatTopology.RemoteInterface);
        using FrameCapture inside = FrameCapture.Start(network.Client.Host, InsideHost.Interface);

        SendEverything(network);

        foreach (IReadOnlyCollection<CapturedFrame> frames in new[] { outside.Stop(), inside.Stop() })
        {
            Assert.Empty(frames.Select(ChecksumJudge.Fault).OfType<string>().Take(3));
            AssertEveryKindIsThere(frames);
            AssertOffloads(frames, offloads);
        }
    }

    private static void AssertEveryKindIsThere(IReadOnlyCollection<CapturedFrame> frames)
    {
        Assert.Contains(frames, frame => frame.IsIPv4 && frame.Protocol == Icmp);
        Assert.Contains(frames, frame => frame.IsIPv4 && frame.Protocol == Tcp && frame.Octets.Length > 1400);
        Assert.Contains(frames, frame => frame.IsIPv4 && frame.Protocol == Udp && UdpChecksum(frame) != 0);
        Assert.Contains(frames, frame => frame.IsIPv4 && frame.Protocol == Udp && UdpChecksum(frame) == 0);
    }

    private static void AssertOffloads(IReadOnlyCollection<CapturedFrame> frames, LinkOffloads offloads)
    {
        if (offloads == LinkOffloads.All)
        {
            // That super-frames go through whole is what makes one TCP stream fast.
            Assert.Contains(frames, frame => frame is { IsSuperFrame: true, ChecksumStart: not null });
        }
        else
        {
            Assert.DoesNotContain(frames, frame => frame.IsSuperFrame || frame.ChecksumStart is not null);
            Assert.All(frames, frame => Assert.InRange(frame.Octets.Length, 14, 1514));
        }
    }

    private static int UdpChecksum(CapturedFrame frame) => frame.Word(frame.TransportStart + 6);

    private static string PacketsIn(GatewayNetwork network, string path, string filter)
        => network.Remote.Run("tcpdump", ["-n", "-r", path, filter]).EnsureSuccess().Output;

    private static void SendEverything(GatewayNetwork network)
    {
        LabHost client = network.Client.Host;
        Assert.Equal(3, Programs.Ping(client, NatTopology.RemoteAddress, count: 3));
        using WebServer server = WebServer.Start(network.Remote, NatTopology.RemoteAddress, 80);
        string url = $"http://{NatTopology.RemoteAddress}";
        Assert.Equal(Content.Hash(6, Length), Programs.Download(client, url, seed: 6, Length));
        string path = Path.GetTempFileName();
        try
        {
            byte[] octets = new byte[Length];
            Content.Fill(7, 0, octets);
            File.WriteAllBytes(path, octets);
            Programs.Upload(client, url, path);
        }
        finally
        {
            File.Delete(path);
        }

        Exchange(network, withChecksum: true);
        Exchange(network, withChecksum: false);
    }

    private static void Exchange(GatewayNetwork network, bool withChecksum)
    {
        IPEndPoint server = new(NatTopology.RemoteAddress, withChecksum ? 7001 : PortWithoutChecksums);
        using Socket remote = network.Remote.CreateUdpSocket();
        using Socket client = network.Client.Host.CreateUdpSocket();
        if (!withChecksum)
        {
            remote.SetRawSocketOption(SolSocket, SoNoCheck, MemoryMarshal.AsBytes([1]));
            client.SetRawSocketOption(SolSocket, SoNoCheck, MemoryMarshal.AsBytes([1]));
        }

        remote.Bind(server);
        remote.ReceiveTimeout = client.ReceiveTimeout = 20_000;
        byte[] buffer = new byte[2000];
        for (int number = 0; number < Datagrams; number++)
        {
            int length = 92 * number; // the last fills a frame
            EndPoint from = new IPEndPoint(IPAddress.Any, 0);
            client.SendTo(new byte[length], server);
            Assert.Equal(length, remote.ReceiveFrom(buffer, ref from));
            remote.SendTo(new byte[length], from);
            Assert.Equal(length, client.Receive(buffer));
        }
    }
}
