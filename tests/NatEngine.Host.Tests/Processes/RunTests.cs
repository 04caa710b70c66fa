using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using NatEngine.Host.Tests.Guarding;
using NatEngine.Lab;

namespace NatEngine.Host.Tests.Processes;

public sealed partial class RunTests
{
    private static readonly string Remote = NatTopology.RemoteAddress.ToString();

    public static TheoryData<string> GuardsAvailable => GuardKinds.Available;

    [RootFact]
    public void Forwards_shows_what_it_does_and_leaves_nothing_behind()
    {
        using NatTopology net = NatTopology.Create("run");
        using Engine engine = new(net);
        using RunningProgram running = engine.Run();

        // All at once: ping waits for the last answer no longer than the interval, and it is to be counted below.
        net.Inside[0].Host.Run("ping", ["-c", "3", "-l", "3", "-i", "20", Remote]).EnsureSuccess();

        ProgramResult list = engine.Ask("sessions", "list").EnsureSuccess();
        string line = Assert.Single(list.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Matches(
            @"^icmp     1 \d+ src=100\.64\.0\.10 dst=203\.0\.113\.10 type=8 code=0 id=\d+ packets=3 bytes=252 "
            + @"src=203\.0\.113\.10 dst=203\.0\.113\.1 type=0 code=0 id=\d+ packets=3 bytes=252 mark=0 use=1$",
            line);
        Assert.Matches(@"^natengine v[\d.]+: 1 flow entries have been shown\.$", list.Error.TrimEnd());
        Assert.StartsWith(
            "ipv4     2 icmp     1 ",
            engine.Ask("sessions", "list", "-o", "extended").Output,
            StringComparison.Ordinal);
        Assert.Matches(@" use=1 id=\d+\n$", engine.Ask("sessions", "list", "-o", "id").Output);
        Assert.Equal("1\n", engine.Ask("sessions", "count").EnsureSuccess().Output);
        Assert.Matches(@"(?m)^sessions icmp +1$", engine.Ask("stats").Output);
        Assert.Contains("\"sessionsIcmp\": 1", engine.Ask("stats", "-o", "json").Output, StringComparison.Ordinal);
        Assert.Matches("(table netdev natengine_|program natengine_guard at )lan0 ", engine.Ruleset());

        ProgramResult flush = engine.Ask("sessions", "flush").EnsureSuccess();
        Assert.Matches(@"^natengine v[\d.]+: 1 flow entries have been deleted\.$", flush.Error.TrimEnd());
        Assert.Equal("0\n", engine.Ask("sessions", "count").Output);

        ProgramResult stopped = running.Stop(Engine.Patience);
        Assert.Equal(0, stopped.ExitCode);
        Assert.Equal(string.Empty, engine.Ruleset());
        ProgramResult late = engine.Ask("stats");
        Assert.Equal(1, late.ExitCode);
        Assert.Equal(
            $"natengine: natengine is not running (no control socket at {engine.ControlPath})", late.Error.TrimEnd());
    }

    [RootFact]
    public void Ends_the_sessions_that_meet_the_conditions_and_no_other()
    {
        using NatTopology net = NatTopology.Create("delete");
        using Engine engine = new(net);
        using RunningProgram running = engine.Run();
        net.Inside[0].Host.Run("ping", ["-c", "1", Remote]).EnsureSuccess();
        using Socket first = net.Inside[0].Host.CreateUdpSocket();
        using Socket second = net.Inside[0].Host.CreateUdpSocket();
        first.SendTo([1], new IPEndPoint(NatTopology.RemoteAddress, 7001));
        second.SendTo([1], new IPEndPoint(NatTopology.RemoteAddress, 7002));
        for (int attempt = 0; attempt < 100 && engine.Ask("sessions", "count").Output != "3\n"; attempt++)
        {
            // The datagrams have been sent; the engine comes to them.
        }

        ProgramResult none = engine.Ask("sessions", "delete", "-p", "tcp");
        Assert.Equal((1, string.Empty), (none.ExitCode, none.Output));
        Assert.Matches(@"^natengine v[\d.]+: 0 flow entries have been deleted\.$", none.Error.TrimEnd());

        ProgramResult one = engine.Ask("sessions", "delete", "-s", "100.64.0.0/16", "--dport", "7002").EnsureSuccess();
        Assert.Matches(@"^udp      17 \d+ src=100\.64\.0\.10 dst=203\.0\.113\.10 sport=\d+ dport=7002 ", one.Output);
        Assert.Matches(@"^natengine v[\d.]+: 1 flow entries have been deleted\.$", one.Error.TrimEnd());
        Assert.Equal("2\n", engine.Ask("sessions", "count").Output);
        Assert.DoesNotContain("dport=7002", engine.Ask("sessions", "list").Output, StringComparison.Ordinal);
    }

    [RootTheory]
    [InlineData("--orig-src '100.64.0.1/16': must be an IPv4 address, or a block", "--orig-src", "100.64.0.1/16")]
    [InlineData("--dport '70000': must be a port, 0 to 65535", "--dport", "70000")]
    [InlineData("which sessions? Give at least one condition")]
    public void Says_what_is_wrong_with_a_condition_before_anything_is_ended(string fault, params string[] options)
    {
        using NatTopology net = NatTopology.Create("conditions");
        using Engine engine = new(net);

        ProgramResult result = engine.Ask(["sessions", "delete", .. options]);

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("natengine: " + fault, result.Error, StringComparison.Ordinal);
    }

    [RootFact]
    public void A_stranger_at_a_port_of_the_engine_gets_no_answer_and_is_counted()
    {
        using NatTopology net = NatTopology.Create("stranger");
        using Engine engine = new(net);
        using RunningProgram running = engine.Run();
        using Socket stranger = net.Remote.CreateUdpSocket();
        stranger.SendTo([1, 2, 3], new IPEndPoint(NatTopology.ExternalAddress, 2000));

        // The datagram has been sent; the engine counts it when it comes to it.
        string stats = string.Empty;
        for (int attempt = 0; attempt < 100 && !Counted().IsMatch(stats); attempt++)
        {
            stats = engine.Ask("stats").EnsureSuccess().Output;
        }

        Assert.Matches(Counted(), stats);
        Assert.Matches(@"(?m)^left to kernel +0 +0$", stats);
    }

    [RootFact]
    public void Says_at_start_what_it_runs_with()
    {
        using NatTopology net = NatTopology.Create("report");
        using Engine engine = new(net);
        using RunningProgram running = engine.Run(
            "--publish", "tcp:8080=100.64.0.10:80",
            "--layout", "rx+lookup|rewrite+checksum+tx",
            "--preset", "cgn",
            "--max-sessions", "5000");

        string[] lines = running.Output.Split('\n');
        Assert.Contains(lines, line => line.Contains(
            "lan0: 100.64.0.1/16; translates 100.64.0.0/16", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains(
            "wan0: 203.0.113.1 (shared with the host); default route by 203.0.113.10", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("published: tcp:8080=100.64.0.10:80", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains(
            "rx+lookup|rewrite+checksum+tx: 2 thread(s); asked for by --layout", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains(
            "behavior  cgn: mapping endpoint-independent, filtering endpoint-independent", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("at most 5000", StringComparison.Ordinal));
        Assert.Equal(2, lines.Count(line => line.Contains("ring      ", StringComparison.Ordinal)));
    }

    [RootFact]
    public void Stops_at_SIGINT_too()
    {
        using NatTopology net = NatTopology.Create("sigint");
        using Engine engine = new(net);
        using RunningProgram running = engine.Run();
        running.Signal(ProgramSignal.Interrupt);
        Assert.Equal(0, running.WaitForExit(Engine.Patience).ExitCode);
        Assert.Equal(string.Empty, engine.Ruleset());
    }

    [RootTheory]
    [MemberData(nameof(GuardsAvailable))]
    public void Killed_it_fails_closed_and_the_next_start_takes_over(string kind)
    {
        using NatTopology net = NatTopology.Create("kill");
        net.Gateway.SetForwarding(true);
        net.RouteInsideAtRemote();
        using Engine engine = new(net);
        using (RunningProgram killed = engine.Run("--guard", kind))
        {
            killed.Signal(ProgramSignal.Kill);
            killed.WaitForExit(Engine.Patience);
        }

        // The kernel would forward now, untranslated.
        Assert.False(net.Inside[0].Host.Run("ping", ["-c", "2", "-i", "0.2", "-W", "1", Remote]).Succeeded);

        // Of whichever kind the guard was that the dead one left.
        string other = GuardKinds.Names.Single(name => name != kind || GuardKinds.Names.Count == 1);
        using (RunningProgram running = engine.Run("--guard", other))
        {
            string[] titles = [.. engine.Ruleset().Split(" {")[..^1].Select(text => text.Split('\n')[^1])
                .Where(title => title.Contains("natengine_", StringComparison.Ordinal))];
            string word = other == "nft" ? "table netdev" : "program";
            Assert.All(titles, title => Assert.StartsWith(word, title, StringComparison.Ordinal));
            Assert.NotEmpty(titles);
            net.Inside[0].Host.Run("ping", ["-c", "2", "-i", "0.2", Remote]).EnsureSuccess();
            Assert.Equal("1\n", engine.Ask("sessions", "count").EnsureSuccess().Output);
            Assert.Equal(0, running.Stop(Engine.Patience).ExitCode);
        }

        Assert.Equal(string.Empty, engine.Ruleset());
    }

    [RootTheory]
    [MemberData(nameof(GuardsAvailable))]
    public void An_operator_can_look_at_and_remove_the_guard_of_an_engine_that_died(string kind)
    {
        string[] titles = [.. GuardKinds.Titles(kind, "lan0", "wan0")];
        using NatTopology net = NatTopology.Create("leftover");
        using Engine engine = new(net);
        using (RunningProgram killed = engine.Run("--guard", kind))
        {
            killed.Signal(ProgramSignal.Kill);
            killed.WaitForExit(Engine.Patience);
        }

        ProgramResult shown = net.Gateway.Run(Engine.Program, ["guard", "show", "--internal", "lan0"]);
        Assert.StartsWith($"{titles[0]} {{", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("wan0", shown.Output, StringComparison.Ordinal);
        Assert.Equal(
            $"removed {titles[1]}\n",
            net.Gateway.Run(Engine.Program, ["guard", "remove", "wan0"]).EnsureSuccess().Output);
        Assert.Equal(
            $"removed {titles[0]}\n",
            net.Gateway.Run(Engine.Program, ["guard", "remove"]).EnsureSuccess().Output);
        ProgramResult nothing = net.Gateway.Run(Engine.Program, ["guard", "show"]);
        Assert.Equal((1, "natengine: no guard is installed\n"), (nothing.ExitCode, nothing.Error));
    }

    [RootFact]
    public void Without_a_guard_it_installs_none_and_says_so()
    {
        using NatTopology net = NatTopology.Create("noguard");
        using Engine engine = new(net);
        using RunningProgram running = engine.Run("--no-guard");
        Assert.Equal(string.Empty, engine.Ruleset());
        Assert.Contains("there is no guard", running.Output, StringComparison.Ordinal);
    }

    [RootFact]
    public void Answers_for_addresses_of_its_own_on_an_interface_that_has_none()
    {
        NatTopologyOptions bare = new() { AddressOnExternalInterface = false };
        using NatTopology net = NatTopology.Create("owned", bare);
        using Engine engine = new(net);
        using RunningProgram running = engine.Run(
            "--external-address", "203.0.113.7,203.0.113.20-203.0.113.21", "--external-gateway", Remote);
        net.Inside[0].Host.Run("ping", ["-c", "2", "-i", "0.2", "198.51.100.7"]).EnsureSuccess();
        net.Remote.Run("ping", ["-c", "2", "-i", "0.2", "203.0.113.21"]).EnsureSuccess();
    }

    [GeneratedRegex(@"(?m)^  NoMapping +1$")]
    private static partial Regex Counted();
}
