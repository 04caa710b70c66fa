using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.Host.Guarding;
using NatEngine.Lab;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Host.Tests.Guarding;

/// <summary>The guard in a real kernel that is set to forward, with no engine behind: what it lets through is what the
/// kernel answers.</summary>
public sealed class GuardTests
{
    // A refusal takes microseconds to come, and may take as long as it likes on a busy machine; silence is listened to
    // for a second.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    private static readonly GuardPlan Shared = new(
        NatTopology.InternalInterface,
        NatTopology.ExternalInterface,
        [IPv4Address.From(NatTopology.InternalAddress), IPv4Address.From(NatTopology.ExternalAddress)],
        [IPv4Address.From(NatTopology.ExternalAddress)],
        IPv4Address.From(NatTopology.ExternalAddress),
        [new PortRange(1024, 32767)],
        [new PortRange(1024, 32767)]);

    [RootFact]
    public void Keeps_the_kernel_from_forwarding_and_answering_for_the_engine_and_nothing_else()
    {
        using NatTopology net = NatTopology.Create("guard");
        net.Gateway.SetForwarding(true);
        net.RouteInsideAtRemote();
        string remote = NatTopology.RemoteAddress.ToString();
        string inside = net.Inside[0].Address.ToString();

        // Without a guard everything gets through, or the rest would prove nothing.
        Assert.True(Ping(net.Inside[0].Host, remote));
        Assert.Equal(SocketError.ConnectionRefused, Connect(net.Remote, 2000, Patience));
        Assert.True(Ping(net.Remote, NatTopology.InternalAddress.ToString()));

        net.Gateway.Enter(() => Apply(guard => guard.InstallAsync(Shared, CancellationToken.None)));

        Assert.False(Ping(net.Inside[0].Host, remote));
        Assert.False(Ping(net.Remote, inside));
        Assert.Equal(SocketError.TimedOut, Connect(net.Remote, 2000, Glance));
        Assert.Equal(SocketError.TimedOut, Connect(net.Inside[0].Host, 2000, Glance));

        Assert.True(Ping(net.Inside[0].Host, NatTopology.InternalAddress.ToString()));
        Assert.True(Ping(net.Remote, NatTopology.ExternalAddress.ToString()));
        Assert.Equal(SocketError.ConnectionRefused, Connect(net.Remote, 22, Patience));
        Assert.Equal(SocketError.ConnectionRefused, Connect(net.Remote, 40000, Patience));
        Assert.True(Ping(net.Gateway, remote));
        Assert.False(Ping(net.Remote, NatTopology.InternalAddress.ToString()));

        net.Gateway.Enter(() => Apply(guard => guard.RemoveAsync(
            [NatTopology.InternalInterface, NatTopology.ExternalInterface], CancellationToken.None)));

        Assert.True(Ping(net.Inside[0].Host, remote));
        Assert.Equal(string.Empty, net.Gateway.Run("nft", ["list", "ruleset"]).EnsureSuccess().Output);
    }

    [RootFact]
    public void Replaces_a_stale_guard_in_one_transaction_and_lists_only_its_own_tables()
    {
        using Lab.Lab lab = Lab.Lab.Create("stale");
        LabHost host = lab.AddHost("gateway");
        LabHost other = lab.AddHost("other");
        lab.Connect(host, "eth1", other, "to-eth1");
        lab.Connect(host, "eth0", other, "to-eth0");
        host.ApplyNft("""
            table netdev natengine_eth1 { chain stale { type filter hook ingress device "eth1" priority 5; }; }
            table netdev operators { }
            table inet natengine_like { }
            """);

        IReadOnlyList<string> tables = [];
        string shown = string.Empty;
        host.Enter(() => Apply(guard => guard.InstallAsync(GuardRulesetTests.Owned, CancellationToken.None)));
        host.Enter(() => tables = new Guard(Nft.Find()).ListTablesAsync(CancellationToken.None)
            .GetAwaiter().GetResult());
        host.Enter(() => shown = new Guard(Nft.Find()).ShowAsync(["natengine_eth1"], CancellationToken.None)
            .GetAwaiter().GetResult());

        Assert.Equal(["natengine_eth0", "natengine_eth1"], tables.Order());
        Assert.DoesNotContain("stale", shown, StringComparison.Ordinal);
        Assert.Contains("ip daddr != { 100.64.0.1, 203.0.113.2 } counter", shown, StringComparison.Ordinal);
    }

    [RootFact]
    public void A_refused_guard_changes_nothing_and_says_why()
    {
        using Lab.Lab lab = Lab.Lab.Create("refused");
        LabHost host = lab.AddHost("gateway");
        LabHost other = lab.AddHost("other");
        lab.Connect(host, "eth1", other, "to-eth1");
        GuardPlan plan = GuardRulesetTests.Owned with { ExternalInterface = "longer-than-a-name-can-be" };

        NftException error = Assert.Throws<NftException>(
            () => host.Enter(() => Apply(guard => guard.InstallAsync(plan, CancellationToken.None))));

        Assert.Contains("nft failed with exit code 1", error.Message, StringComparison.Ordinal);
        Assert.Equal(string.Empty, host.Run("nft", ["list", "ruleset"]).EnsureSuccess().Output);
    }

    // nft starts on the thread that calls, which is in the host's namespace.
    private static void Apply(Func<Guard, Task> change)
        => change(new Guard(Nft.Find())).GetAwaiter().GetResult();

    private static bool Ping(LabHost from, string to)
        => from.Run("ping", ["-c", "2", "-i", "0.2", "-W", "1", "-q", to]).Succeeded;

    private static SocketError Connect(LabHost from, int port, TimeSpan patience)
    {
        using Socket socket = from.CreateTcpSocket();
        using CancellationTokenSource late = new(patience);
        try
        {
            socket.ConnectAsync(new IPEndPoint(NatTopology.ExternalAddress, port), late.Token)
                .AsTask().GetAwaiter().GetResult();
            return SocketError.Success;
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode;
        }
        catch (OperationCanceledException)
        {
            return SocketError.TimedOut;
        }
    }
}
