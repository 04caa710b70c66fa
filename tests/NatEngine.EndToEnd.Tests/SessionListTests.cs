using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using NatEngine.EndToEnd.Tests.Harness;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests;

/// <summary>What the gateway says it remembers, against what the kernel says in its place.</summary>
public sealed partial class SessionListTests
{
    private static readonly string Url = $"http://{NatTopology.RemoteAddress}";

    [RootTheory]
    [InlineData]
    [InlineData("-o", "extended")]
    [InlineData("-o", "id")]
    public void A_listing_while_traffic_runs_reads_like_the_kernels(params string[] format)
    {
        string[] kernels = ListingOf(GatewayKind.Masquerade, format);
        string[] ours = ListingOf(GatewayKind.NatEngine, format);

        // TCP open, closed and not answered; UDP answered and not; a ping.
        Assert.Equal(6, kernels.Length);
        Assert.Equal(kernels, ours);
    }

    [RootFact]
    public void Counting_and_flushing_are_of_all_sessions()
    {
        using GatewayNetwork network = GatewayNetwork.Start(GatewayKind.NatEngine);
        using Acquaintance first = Acquaintance.Make(network);
        using Acquaintance second = Acquaintance.Make(network);

        Assert.Equal(2, network.SessionCount());
        network.Engine!.Ask("sessions", "flush").EnsureSuccess();
        Assert.Equal(0, network.SessionCount());

        // What goes on opens a new one.
        Acquaintance.Make(network).Dispose();
        Assert.Equal(1, network.SessionCount());
    }

    private static string[] ListingOf(GatewayKind kind, string[] format)
    {
        using GatewayNetwork network = GatewayNetwork.Start(kind);
        if (kind == GatewayKind.Masquerade)
        {
            network.Topology.Gateway.SetSysctl("net.netfilter.nf_conntrack_acct", "1");
        }

        using WebServer server = WebServer.Start(network.Remote, NatTopology.RemoteAddress, 80);
        LabHost client = network.Client.Host;
        Assert.Equal(1, Programs.Ping(client, NatTopology.RemoteAddress, count: 1));
        using Socket silent = network.Remote.CreateUdpSocket();
        silent.Bind(new IPEndPoint(NatTopology.RemoteAddress, 7002));
        using Socket unanswered = client.CreateUdpSocket();
        unanswered.SendTo("anybody there?"u8, silent.LocalEndPoint!);
        using Acquaintance known = Acquaintance.Make(network);
        known.Exchange();
        using Socket unansweredConnection = ConnectToNobody(network);
        Programs.Fetch(client, $"{Url}/peer");
        using RunningProgram download = client.Start(
            "curl", ["-sSf", "-o", "/dev/null", "--max-time", "60", "--limit-rate", "500k", $"{Url}/9/10000000"]);

        string[] lines = [];
        Programs.Await(() => (lines = List(network, format)).Count(IsEstablished) == 1, "the download's session");
        Assert.False(download.HasExited, $"The download has ended: {download.Error}\n{string.Join('\n', lines)}");
        return [.. lines.Select(Masked).Order(StringComparer.Ordinal)];
    }

    private static string[] List(GatewayNetwork network, string[] format)
    {
        ProgramResult listing = network.Engine is null
            ? network.Topology.Gateway.Run("conntrack", ["-L", .. format])
            : network.Engine.Ask(["sessions", "list", .. format]);
        return listing.EnsureSuccess().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static bool IsEstablished(string line) => line.Contains("ESTABLISHED", StringComparison.Ordinal);

    // A connection that stays at its first SYN: the remote drops it.
    private static Socket ConnectToNobody(GatewayNetwork network)
    {
        network.Remote.ApplyNft(
            """
            table ip nobody {
                chain input {
                    type filter hook input priority filter
                    tcp dport 9 drop
                }
            }
            """);
        Socket socket = network.Client.Host.CreateTcpSocket();
        socket.Blocking = false;
        Assert.Throws<SocketException>(() => socket.Connect(new IPEndPoint(NatTopology.RemoteAddress, 9)));
        return socket;
    }

    // What differs from run to run: times, counts, ports, the kernel's reference counts. An answered UDP session is
    // ASSURED to the kernel from its third second on.
    private static string Masked(string line)
    {
        string masked = Numbers().Replace(Timer().Replace(line, "$1 N "), "$1=N");
        return masked.Contains("udp", StringComparison.Ordinal)
            ? masked.Replace("[ASSURED] ", string.Empty, StringComparison.Ordinal)
            : masked;
    }

    [GeneratedRegex(@"\b(sport|dport|id|packets|bytes|use)=\d+")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"^((?:ipv4     2 )?\w+ +\d+) \d+ ")]
    private static partial Regex Timer();
}
