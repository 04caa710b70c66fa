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

    public static TheoryData<string> Kinds => GuardKinds.Available;

    [RootTheory]
    [MemberData(nameof(Kinds))]
    public void Keeps_the_kernel_from_forwarding_and_answering_for_the_engine_and_nothing_else(string kind)
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

        net.Gateway.Enter(() => Apply(kind, guard => guard.InstallAsync(Shared, CancellationToken.None)));

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

        net.Gateway.Enter(() => Apply(kind, guard => guard.RemoveAsync(
            [NatTopology.InternalInterface, NatTopology.ExternalInterface], CancellationToken.None)));

        Assert.True(Ping(net.Inside[0].Host, remote));
        Assert.Equal(string.Empty, net.Gateway.Run("nft", ["list", "ruleset"]).EnsureSuccess().Output);
    }

    [RootTheory]
    [MemberData(nameof(Kinds))]
    public void Replaces_a_stale_guard_and_leaves_what_others_have_alone(string kind)
    {
        using Lab.Lab lab = Lab.Lab.Create("stale");
        LabHost host = Box(lab);
        host.ApplyNft("""
            table netdev operators { }
            table inet natengine_like { }
            """);
        Install(host, kind, GuardRulesetTests.Shared with { InternalInterface = "eth1" });

        Install(host, kind, GuardRulesetTests.Owned);

        List<InstalledGuard> found = Found(host, kind);
        Assert.Equal(GuardKinds.Titles(kind, "eth0", "eth1"), found.Select(one => one.Title).Order());
        string shown = string.Concat(found.Select(one => Shown(host, one)));
        Assert.DoesNotContain("tcp", shown, StringComparison.Ordinal);
        Assert.Contains(
            "ip daddr != { 100.64.0.1, 203.0.113.2 } counter packets 0 bytes 0 drop", shown, StringComparison.Ordinal);
        string others = host.Run("nft", ["list", "tables"]).EnsureSuccess().Output;
        Assert.Contains("table netdev operators\ntable inet natengine_like\n", others, StringComparison.Ordinal);
    }

    [RootTheory]
    [MemberData(nameof(Kinds))]
    public void A_refused_guard_changes_nothing_and_says_why(string kind)
    {
        using Lab.Lab lab = Lab.Lab.Create("refused");
        LabHost host = Box(lab);
        GuardPlan plan = GuardRulesetTests.Owned with { ExternalInterface = "longer-than-a-name-can-be" };

        GuardException error = Assert.Throws<GuardException>(
            () => host.Enter(() => Apply(kind, guard => guard.InstallAsync(plan, CancellationToken.None))));

        Assert.Contains(
            kind == "nft" ? "nft failed with exit code 1" : "longer-than-a-name-can-be: if_nametoindex failed",
            error.Message,
            StringComparison.Ordinal);
        Assert.Empty(Found(host, kind));

        // What stood before stands after.
        Install(host, kind, GuardRulesetTests.Owned);
        string[] before = [.. Found(host, kind).Select(one => Shown(host, one))];
        Assert.Throws<GuardException>(
            () => host.Enter(() => Apply(kind, guard => guard.InstallAsync(plan, CancellationToken.None))));
        Assert.Equal(before.Length, Found(host, kind).Count);
        Assert.Equal(before.Select(Rules), Found(host, kind).Select(one => Rules(Shown(host, one))));
    }

    [RootTheory]
    [MemberData(nameof(Kinds))]
    public void One_at_an_interface_that_was_taken_away_is_no_obstacle(string kind)
    {
        using Lab.Lab lab = Lab.Lab.Create("gone");
        LabHost host = Box(lab);
        Install(host, kind, GuardRulesetTests.Owned);
        host.Run("ip", ["link", "del", "eth0"]).EnsureSuccess();

        host.Enter(() => Apply(kind, guard => guard.RemoveAsync(["eth1", "eth0"], CancellationToken.None)));

        Assert.Empty(Found(host, kind));
    }

    private static LabHost Box(Lab.Lab lab)
    {
        LabHost host = lab.AddHost("gateway");
        LabHost other = lab.AddHost("other");
        lab.Connect(host, "eth1", other, "to-eth1");
        lab.Connect(host, "eth0", other, "to-eth0");
        return host;
    }

    private static void Install(LabHost host, string kind, GuardPlan plan)
        => host.Enter(() => Apply(kind, guard => guard.InstallAsync(plan, CancellationToken.None)));

    private static List<InstalledGuard> Found(LabHost host, string kind)
    {
        List<InstalledGuard> found = [];
        host.Enter(() => found.AddRange(GuardKinds.Of(kind).FindAsync(["eth0", "eth1"], CancellationToken.None)
            .GetAwaiter().GetResult()));
        return found;
    }

    private static string Shown(LabHost host, InstalledGuard installed)
    {
        string text = string.Empty;
        host.Enter(() => text = installed.Guard.ShowAsync(installed, CancellationToken.None)
            .GetAwaiter().GetResult());
        return text;
    }

    // Without the program's number.
    private static string Rules(string shown) => shown[(shown.IndexOf('\n', StringComparison.Ordinal) + 1)..];

    // nft starts on the thread that calls, which is in the host's namespace.
    private static void Apply(string kind, Func<IGuard, Task> change)
        => change(GuardKinds.Of(kind)).GetAwaiter().GetResult();

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
