using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text.RegularExpressions;
using NatEngine.EndToEnd.Tests.Harness;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests;

/// <summary>Rules that two lanes ask, of hosts of both: to everybody they are one set of rules.</summary>
public sealed partial class RuledLaneTests
{
    private const long Length = 1_000_000;
    private const string Masquerade = "-A POSTROUTING -o wan0 -j MASQUERADE";
    private const string Reflect = "-A POSTROUTING -s 100.64.0.0/16 -o lan0 -j MASQUERADE";

    private const string Log = "-A FORWARD -p udp -j LOG --log-prefix \"seen: \"";

    private const string Filter =
        ":FORWARD DROP [0:0]\n"
        + "-A FORWARD -m state --state ESTABLISHED,RELATED -j ACCEPT\n"
        + "-A FORWARD -i lan0 -m state --state NEW -j ACCEPT\n"
        + "-A FORWARD -i wan0 -m conntrack --ctstate DNAT -j ACCEPT";

    [RootFact]
    public void Services_are_published_masqueraded_counted_and_moved_by_rules_of_both_lanes()
    {
        // A port that no lane gives out, and one of the first host's lane's; the hosts are of different lanes.
        using RuledGateway gateway = RuledGateway.Start(
            $"{Publish(80, 0)}\n{Publish(8190, 1)}\n{Reflect}\n{Masquerade}", Filter, insideHosts: 2, "--lanes", "2");
        using WebServer outside = WebServer.Start(gateway.Remote, NatTopology.RemoteAddress, 80);
        foreach ((int port, int target, int other) in new[] { (80, 0, 1), (8190, 1, 0) })
        {
            InsideHost host = gateway.Topology.Inside[target];
            string url = $"http://{NatTopology.ExternalAddress}:{port}";
            using WebServer server = WebServer.Start(host.Host, host.Address, 8000);
            Assert.Equal(Content.Hash(2, Length), Programs.Download(gateway.Remote, url, seed: 2, Length));
            foreach ((LabHost asker, string asked) in new[]
            {
                (gateway.Topology.Inside[other].Host, url), (host.Host, $"http://{NatTopology.RemoteAddress}"),
            })
            {
                Assert.StartsWith(
                    $"{NatTopology.ExternalAddress}:", Programs.Fetch(asker, $"{asked}/peer"),
                    StringComparison.Ordinal);
            }
        }

        // Each host was visited once from outside and once from inside, and has gone out once.
        string shown = gateway.Rules("show", "-c").EnsureSuccess().Output;
        Assert.Equal([2, 2], CountersOf(shown, "-A PREROUTING"));
        Assert.Equal([2, 2], CountersOf(shown, "-A POSTROUTING"));
        Assert.Equal([4, 2], CountersOf(shown, "--ctstate DNAT|-i lan0 -m state"));
        Assert.Equal(0, gateway.Engine.Drops("AnswersElsewhere"));
    }

    [RootFact]
    public void Rules_are_changed_for_both_lanes_or_for_none()
    {
        using RuledGateway gateway = RuledGateway.Start(
            $"{Publish(80, 0)}\n{Masquerade}", Filter, insideHosts: 2, "--lanes", "2");
        using WebServer first = WebServer.Start(gateway.Topology.Inside[0].Host, IPAddress.Any, 8000);
        using WebServer second = WebServer.Start(gateway.Topology.Inside[1].Host, IPAddress.Any, 8000);
        using WebServer outside = WebServer.Start(gateway.Remote, NatTopology.RemoteAddress, 80);
        string url = $"http://{NatTopology.ExternalAddress}/peer";
        string seen = Programs.Fetch(gateway.Remote, url);
        Assert.Contains("100.64.0.10:8000", SaidOf(gateway), StringComparison.Ordinal);

        // One lane cannot keep a rate for both: nothing changes, nor does a port that sessions may have.
        ProgramResult refused = gateway.Rules("add", "-I FORWARD -m limit --limit 5/sec -j ACCEPT");
        Assert.Equal(1, refused.ExitCode);
        Assert.Matches(@"command:1:\d+: limit: limit is a rate .*, and each of 2 lanes", refused.Error);
        Assert.Equal(1, gateway.Rules("add", $"-t nat {Publish(8080, 0)}").ExitCode);

        // Another lane's host takes the service over: the visitor of before is not left between the two.
        gateway.Write(
            $"{Publish(80, 1)}\n{Masquerade}",
            Filter.Replace("\n-A FORWARD -m state", $"\n{Log}\n-A FORWARD -m state", StringComparison.Ordinal));
        string dry = gateway.Rules("reload", "--dry-run").EnsureSuccess().Output;
        Assert.Contains("ended, whether killed or not: its service would be another lane's: 1 flow", dry,
            StringComparison.Ordinal);
        string done = gateway.Rules("reload").EnsureSuccess().Error;
        Assert.Contains(" 1 flow entries have been deleted", done, StringComparison.Ordinal);
        Assert.Contains("100.64.0.11:8000", SaidOf(gateway), StringComparison.Ordinal);
        Assert.NotEqual(seen, Programs.Fetch(gateway.Remote, url));

        foreach (InsideHost host in gateway.Topology.Inside)
        {
            Programs.Fetch(host.Host, $"http://{NatTopology.RemoteAddress}/peer");
            host.Host.Run("bash", ["-c", $"echo > /dev/udp/{NatTopology.RemoteAddress}/9"], NatEngineProcess.Patience)
                .EnsureSuccess();
            Programs.Await(
                () => Regex.IsMatch(gateway.Engine.Log, $"seen: IN=lan0 OUT=wan0 .*SRC={host.Address} "), "the line");
        }

        // A rule that stays has counted on in both lanes; the other is new.
        string shown = gateway.Rules("show", "-c").EnsureSuccess().Output;
        Assert.Equal([1], CountersOf(shown, "-A PREROUTING"));
        Assert.Equal([4, 2], CountersOf(shown, "--ctstate DNAT|-i lan0 -m state"));
    }

    private static string SaidOf(RuledGateway gateway) => gateway.Engine.Ask(
        "explain", "tcp", $"{NatTopology.RemoteAddress}:4000", $"{NatTopology.ExternalAddress}:80")
        .EnsureSuccess().Output.Split('\n').First(line => line.StartsWith("verdict", StringComparison.Ordinal));

    private static string Publish(int port, int host)
        => string.Create(
            CultureInfo.InvariantCulture,
            $"-A PREROUTING -d 203.0.113.1/32 -p tcp -m tcp --dport {port} -j DNAT "
            + $"--to-destination 100.64.0.{10 + host}:8000");

    private static int[] CountersOf(string shown, string rule)
        =>
        [
            .. shown.Split('\n').Where(line => Regex.IsMatch(line, rule))
                .Select(line => int.Parse(Packets().Match(line).Groups[1].Value, CultureInfo.InvariantCulture)),
        ];

    [GeneratedRegex(@"^\[(\d+):")]
    private static partial Regex Packets();
}
