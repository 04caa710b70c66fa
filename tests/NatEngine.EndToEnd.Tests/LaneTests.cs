using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using NatEngine.EndToEnd.Tests.Harness;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests;

/// <summary>natengine with two lanes, and hosts of both: one gateway to everybody.</summary>
public sealed partial class LaneTests(TwoLaneNetwork network) : IClassFixture<TwoLaneNetwork>
{
    private const long Length = 5_000_000;

    [RootFact]
    public void Everybody_reaches_the_outside_and_shows_in_one_list()
    {
        using WebServer server = WebServer.Start(network.Topology.Remote, IPAddress.Any, 80);
        foreach (InsideHost host in network.Topology.Inside)
        {
            Assert.Equal(
                Content.Hash(1, Length),
                Programs.Download(host.Host, $"http://{NatTopology.RemoteAddress}", seed: 1, Length));
            Assert.Equal(3, Programs.Ping(host.Host, NatTopology.RemoteAddress, count: 3));
        }

        string[] lines = network.Engine.Ask("sessions", "list").EnsureSuccess().Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] tcp = [.. lines.Where(line => line.Contains("dport=80 ", StringComparison.Ordinal))];
        Assert.Equal(
            network.Topology.Inside.Select(host => $"{host.Address}").Order(),
            tcp.Select(line => Source().Match(line).Groups[1].Value).Distinct().Order());

        // Each lane gives ports of its own stripes, whatever the hosts'.
        IEnumerable<int> ports = tcp.Select(line => int.Parse(ExternalPort().Matches(line)[^1].Groups[1].Value, null));
        Assert.Equal([0, 1], ports.Select(port => port / 64 % 2).Distinct().Order());
        Assert.InRange(network.Engine.SessionCount(), lines.Length, 2 * lines.Length);
    }

    [RootTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_published_service_is_reached_from_outside_and_by_every_host(int published)
    {
        InsideHost target = network.Topology.Inside[published];
        using WebServer server = WebServer.Start(target.Host, target.Address, 80);
        string url = $"http://{NatTopology.ExternalAddress}:{TwoLaneNetwork.FirstPublished + published}";

        Assert.Equal(
            Content.Hash(2, Length), Programs.Download(network.Topology.Remote, url, seed: 2, Length));
        foreach (InsideHost host in network.Topology.Inside.Where(host => host != target))
        {
            Assert.Equal(Content.Hash(3, Length), Programs.Download(host.Host, url, seed: 3, Length));
            Assert.StartsWith(
                $"{NatTopology.ExternalAddress}:", Programs.Fetch(host.Host, $"{url}/peer"), StringComparison.Ordinal);
        }
    }

    [RootFact]
    public void Answers_in_fragments_find_the_asker()
    {
        foreach (InsideHost host in network.Topology.Inside)
        {
            // Each answer is of three fragments, whose identification says nothing of the lane.
            using RunningProgram ping = Programs.StartPing(host.Host, NatTopology.RemoteAddress, 8, "-s", "4000");
            Assert.Equal(8, Programs.Answered(ping));
        }
    }

    [RootFact]
    public void Sessions_of_both_lanes_are_ended_at_once()
    {
        foreach (InsideHost host in network.Topology.Inside)
        {
            Assert.Equal(1, Programs.Ping(host.Host, IPAddress.Parse("198.51.100.1"), count: 1));
        }

        string deleted = network.Engine.Ask("sessions", "delete", "-d", "198.51.100.1").EnsureSuccess().Error;
        Assert.Contains($"{network.Topology.Inside.Count} flow entries have been deleted", deleted,
            StringComparison.Ordinal);
        network.Engine.Ask("sessions", "flush").EnsureSuccess();
        Assert.Equal(0, network.Engine.SessionCount());
    }

    [RootFact]
    public void Statistics_are_of_both_and_nothing_was_lost_between_them()
    {
        Assert.Equal(2, Programs.Ping(network.Topology.Inside[0].Host, NatTopology.RemoteAddress, count: 2));
        using JsonDocument statistics = JsonDocument.Parse(
            network.Engine.Ask("stats", "-o", "json").EnsureSuccess().Output);

        Assert.Equal(2, statistics.RootElement.GetProperty("lanes").GetInt32());
        Assert.Equal(0, network.Engine.Drops("HandOverFull"));
        Assert.Contains("lanes     2, 2 threads in all", network.Engine.Log, StringComparison.Ordinal);
    }

    [RootFact]
    public void Whoever_asks_about_a_packet_is_answered_by_its_lane()
    {
        foreach (InsideHost host in network.Topology.Inside)
        {
            // Two of the four are of the other lane, each way round.
            int port = TwoLaneNetwork.FirstPublished + host.Address.GetAddressBytes()[3] % 2 + 1;
            string said = network.Engine.Ask(
                "explain", "tcp", $"{host.Address}:4000", $"{NatTopology.ExternalAddress}:{port}")
                .EnsureSuccess().Output;
            Assert.Contains($"{NatTopology.ExternalAddress}:{port} is ", said, StringComparison.Ordinal);
            Assert.Contains(":80's, of pool default (a published service", said, StringComparison.Ordinal);
            Assert.Contains(
                $"verdict    forwarded by {NatTopology.InternalInterface} as tcp ", said, StringComparison.Ordinal);
        }
    }

    [RootTheory]
    [InlineData(5000)] // of both lanes' stripes
    [InlineData(5064)]
    public void A_dropped_packet_is_found_whichever_lane_dropped_it(int port)
    {
        network.Topology.Remote
            .Run("bash", ["-c", $"echo > /dev/udp/{NatTopology.ExternalAddress}/{port}"], NatEngineProcess.Patience)
            .EnsureSuccess();
        string packet = $" -> {NatTopology.ExternalAddress}:{port}";

        string said = network.Engine.Ask("explain", "--drops", "NoMapping").EnsureSuccess().Output;

        Assert.Contains(packet, said.Split('\n')[1], StringComparison.Ordinal);
        Assert.EndsWith(packet, said.Split('\n').First(line => line.StartsWith("packet", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    [GeneratedRegex(@"src=(\S+) ")]
    private static partial Regex Source();

    [GeneratedRegex(@"dport=(\d+)")]
    private static partial Regex ExternalPort();
}
