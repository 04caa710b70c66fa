using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Sockets;
using System.Text;
using NatEngine.EndToEnd.Tests.Harness;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests;

/// <summary>Starting, stopping, dying.</summary>
public sealed class LifecycleTests
{
    // One at each interface, of either kind and only one.
    private const string Guards =
        "^(table netdev natengine_lan0\ntable netdev natengine_wan0"
        + "|program natengine_guard at lan0\nprogram natengine_guard at wan0)\n$";

    private static readonly string[] Sides = [NatTopology.InternalInterface, NatTopology.ExternalInterface];

    public static TheoryData<GatewayKind> Kinds => GatewayKinds.NatEngine;

    [RootTheory]
    [MemberData(nameof(Kinds))]
    public void Told_to_stop_it_leaves_nothing_behind(GatewayKind kind)
    {
        using GatewayNetwork network = GatewayNetwork.Start(kind);
        NatEngineProcess engine = network.Engine!;
        Assert.Matches(Guards, MachineState.Guards(network.Topology.Gateway));
        Assert.True(File.Exists(engine.ControlPath));
        Assert.Equal(1, Programs.Ping(network.Client.Host, NatTopology.RemoteAddress, count: 1));

        ProgramResult result = engine.Stop();

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(MachineState.Guards(network.Topology.Gateway));
        Assert.False(File.Exists(engine.ControlPath));
    }

    [RootFact]
    public void Told_to_stop_in_full_flight_it_stops()
    {
        using GatewayNetwork network = GatewayNetwork.Start(GatewayKind.NatEngine);
        using WebServer server = WebServer.Start(network.Remote, NatTopology.RemoteAddress, 80);
        using RunningProgram download = Programs.StartDownload(
            network.Client.Host, $"http://{NatTopology.RemoteAddress}", seed: 1, 100_000_000_000);
        Programs.Await(() => network.SessionCount() > 0, "the download");

        Assert.Equal(0, network.Engine!.Stop().ExitCode);

        Assert.Empty(MachineState.Guards(network.Topology.Gateway));
    }

    [RootFact]
    public void Killed_it_leaves_the_door_closed_until_it_is_started_again()
    {
        using GatewayNetwork network = GatewayNetwork.Start(GatewayKind.NatEngine);
        NatTopology topology = network.Topology;

        // Worst case: the kernel would forward, untranslated, and the remote would answer.
        topology.Gateway.SetForwarding(true);
        topology.RouteInsideAtRemote();

        network.Engine!.Kill();

        Assert.Matches(Guards, MachineState.Guards(topology.Gateway));
        Programs.PingInVain(network.Client.Host, NatTopology.RemoteAddress);

        using NatEngineProcess second = NatEngineProcess.Start(topology);
        Assert.Matches(Guards, MachineState.Guards(topology.Gateway));
        Assert.Equal(2, Programs.Ping(network.Client.Host, NatTopology.RemoteAddress, count: 2));
        Assert.Equal(0, second.Stop().ExitCode);
        Assert.Empty(MachineState.Guards(topology.Gateway));
    }

    [RootFact]
    public void Without_a_guard_it_installs_none()
    {
        using GatewayNetwork network = GatewayNetwork.Start(GatewayKind.NatEngine, options: ["--no-guard"]);

        Assert.Empty(MachineState.Guards(network.Topology.Gateway));
        Assert.Equal(2, Programs.Ping(network.Client.Host, NatTopology.RemoteAddress, count: 2));
    }

    [RootFact]
    public void Asked_for_threads_the_kernel_receives_in_them_until_it_stops()
    {
        using NatTopology topology = NatTopology.Create("napi");
        foreach (string side in Sides)
        {
            topology.Gateway.Run("ethtool", ["-K", side, "gro", "on"]).EnsureSuccess(); // veth's NAPI
        }

        using NatEngineProcess engine = NatEngineProcess.Start(topology, "--napi", "threaded");

        Assert.All(Sides, side =>
        {
            Assert.Equal("1", Threaded(topology, side));
            Assert.Contains($"receive   {side}: in ", engine.Log, StringComparison.Ordinal);
        });
        string statistics = engine.Ask("stats").EnsureSuccess().Output;
        Assert.Matches("(?m)^received in threads +1 +1$", statistics);
        Assert.Matches("(?m)^receive switches +1 +1$", statistics);
        Assert.Equal(2, Programs.Ping(topology.Inside[0].Host, NatTopology.RemoteAddress, count: 2));
        Assert.Equal(0, engine.Stop().ExitCode);
        Assert.All(Sides, side => Assert.Equal("0", Threaded(topology, side)));
    }

    [RootFact]
    public void Adaptive_it_touches_neither_interrupts_that_suffice_nor_threads_that_are_there()
    {
        using NatTopology topology = NatTopology.Create("napi");
        foreach (string side in Sides)
        {
            topology.Gateway.Run("ethtool", ["-K", side, "gro", "on"]).EnsureSuccess();
        }

        SetThreaded(topology, Sides[1], "1");
        using NatEngineProcess engine = NatEngineProcess.Start(topology, "--napi", "adaptive");

        Assert.Equal(2, Programs.Ping(topology.Inside[0].Host, NatTopology.RemoteAddress, count: 2));
        Assert.Equal("0", Threaded(topology, Sides[0]));
        string statistics = engine.Ask("stats").EnsureSuccess().Output;
        Assert.Matches("(?m)^received in threads +0 +0$", statistics);
        Assert.Matches("(?m)^receive switches +0 +0$", statistics);
        Assert.Equal(0, engine.Stop().ExitCode);
        Assert.Equal("0", Threaded(topology, Sides[0]));
        Assert.Equal("1", Threaded(topology, Sides[1]));
    }

    [RootFact]
    public void Asked_for_threads_that_the_driver_does_not_have_it_says_so_and_forwards()
    {
        using GatewayNetwork network = GatewayNetwork.Start(GatewayKind.NatEngine, options: ["--napi", "threaded"]);

        Assert.Equal(2, Programs.Ping(network.Client.Host, NatTopology.RemoteAddress, count: 2));
        Assert.Equal(0, network.Engine!.Stop().ExitCode);
        Assert.All(Sides, side => Assert.Contains(
            $"{side} is received in interrupts, although threads were asked for",
            network.Engine.Log,
            StringComparison.Ordinal));
    }

    [RootFact]
    public void A_second_one_on_the_same_interfaces_is_refused_and_the_first_goes_on()
    {
        using GatewayNetwork network = GatewayNetwork.Start(GatewayKind.NatEngine);

        ProgramResult second = network.Topology.Gateway.Run(
            NatEngineProcess.Executable,
            ["run", "--internal", "lan0", "--external", "wan0", "--control", NatEngineProcess.NewControlPath()]);

        Assert.NotEqual(0, second.ExitCode);
        Assert.Contains("lan0", second.Error, StringComparison.Ordinal);
        Assert.Matches(Guards, MachineState.Guards(network.Topology.Gateway));
        Assert.Equal(2, Programs.Ping(network.Client.Host, NatTopology.RemoteAddress, count: 2));
    }

    [RootFact]
    public void It_says_when_an_interface_changes_and_ends_when_one_is_removed()
    {
        using NatTopology topology = NatTopology.Create("gone");
        using NatEngineProcess engine = NatEngineProcess.Start(topology);
        string external = NatTopology.ExternalInterface;

        topology.Gateway.Run("ip", ["link", "set", external, "mtu", "1400"]).EnsureSuccess();
        Programs.Await(() => engine.Log.Contains("its MTU is 1400, not 1500", StringComparison.Ordinal), "a warning");
        topology.Gateway.Run("ip", ["link", "set", external, "down"]).EnsureSuccess();
        topology.Gateway.Run("ip", ["link", "set", external, "up"]).EnsureSuccess();
        Assert.Equal(1, Programs.Ping(topology.Inside[0].Host, NatTopology.RemoteAddress, count: 1));
        topology.Gateway.Run("ip", ["link", "del", external]).EnsureSuccess();

        Programs.Await(() => engine.HasExited, "the end");
        Assert.Equal(1, engine.Stop().ExitCode);
        Assert.Contains($"{external}: the interface was removed: the", engine.Log, StringComparison.Ordinal);
        Assert.Contains(NatTopology.InternalInterface, MachineState.Guards(topology.Gateway), StringComparison.Ordinal);
    }

    [RootTheory]
    [InlineData("bpf")]
    [InlineData("nft")]
    public void Told_to_stop_it_leaves_no_guard_at_an_interface_that_has_another_name_now(string guard)
    {
        using NatTopology topology = NatTopology.Create("named");
        using NatEngineProcess engine = NatEngineProcess.Start(topology, "--guard", guard);

        topology.Gateway.Run("ip", ["link", "set", NatTopology.ExternalInterface, "name", "other0"]).EnsureSuccess();
        Programs.Await(() => engine.Log.Contains("it is called other0", StringComparison.Ordinal), "a warning");

        Assert.Equal(0, engine.Stop().ExitCode);
        Assert.Empty(MachineState.Guards(topology.Gateway));
    }

    [RootFact]
    public void Systemd_is_told_when_it_forwards_and_when_it_stops()
    {
        using NatTopology topology = NatTopology.Create("notify");
        DirectoryInfo directory = Directory.CreateTempSubdirectory("nel-");
        string notifyPath = Path.Combine(directory.FullName, "notify");
        using Socket notified = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        notified.Bind(new UnixDomainSocketEndPoint(notifyPath));
        notified.ReceiveTimeout = 30_000;

        // A service knows systemd by its parent's name: here that of a shell.
        string systemd = Path.Combine(directory.FullName, "systemd");
        File.CreateSymbolicLink(systemd, "/bin/sh");
        using RunningProgram parent = topology.Gateway.Start(
            systemd,
            [
                "-c", "trap 'kill $!' TERM; \"$@\" & wait; wait", "sh", NatEngineProcess.Executable,
                "run", "--internal", "lan0", "--external", "wan0", "--control", NatEngineProcess.NewControlPath(),
            ],
            new ProgramOptions
            {
                Environment = new Dictionary<string, string> { ["NOTIFY_SOCKET"] = notifyPath },
            });

        Assert.Contains("READY=1", Receive(notified), StringComparison.Ordinal);
        Assert.Equal(1, Programs.Ping(topology.Inside[0].Host, NatTopology.RemoteAddress, count: 1));
        parent.Signal(ProgramSignal.Terminate);
        Assert.Contains("STOPPING=1", Receive(notified), StringComparison.Ordinal);
        parent.WaitForExit(NatEngineProcess.Patience);
        Assert.Empty(MachineState.Guards(topology.Gateway));
        directory.Delete(recursive: true);
    }

    private static string Receive(Socket socket)
    {
        byte[] buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
    }

    private static void SetThreaded(NatTopology topology, string interfaceName, string value)
        => topology.Gateway.Run("sh", ["-c", $"echo {value} > /sys/class/net/{interfaceName}/threaded"])
            .EnsureSuccess();

    private static string Threaded(NatTopology topology, string interfaceName)
        => topology.Gateway.Run("cat", [$"/sys/class/net/{interfaceName}/threaded"]).EnsureSuccess().Output.Trim();
}
