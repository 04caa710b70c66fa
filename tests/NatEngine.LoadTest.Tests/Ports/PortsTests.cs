using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Ports;
using NatEngine.LoadTest.Rfc9693;
using NatEngine.LoadTest.Tests.Rfc9693;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Tests.Ports;

public sealed class PortsTests
{
    private static readonly PortsSettings Small = new()
    {
        Cases = [new PortsCase(IpProtocol.Udp, 1)],
        Attempts = 100,
        Hosts = 20,
        FillRate = 1_000,
        OldSessions = 64,
        OldRate = 1_000,
        NewcomerRate = 200,
        Storm = TimeSpan.FromSeconds(0.5),
        Calm = TimeSpan.FromSeconds(0.5),
    };

    [RootFact]
    public void An_address_with_64_ports_carries_exactly_64_connections_and_the_65th_is_told()
    {
        using ConfigFile file = new("""{ "external": { "ports": "2000-2063" } }""");
        using LabTurn lab = LabTurn.NatEngine("--config", file.Path);

        Outcome outcome = new PortsMeasurement(Small).Measure(lab.Turn);

        Dictionary<string, Reading> readings = outcome.Readings.ToDictionary(reading => reading.Figure.Name);
        Reading sessions = readings["ports-sessions-udp-one-endpoint"];
        Assert.Equal(64, sessions.Value);
        Assert.Equal(64, sessions.Details["answerable"]);
        Assert.Equal(64, sessions.Details["sessionsHeld"]);
        Assert.True(readings["ports-refused-icmp"].Value > 0);
        Assert.Equal(0, readings["ports-old-goodput"].Details["newcomersAdmitted"]);
        Assert.Equal(0, readings["ports-old-goodput"].Details["oldWrongTranslations"]);
        Assert.InRange(readings["ports-old-goodput"].Value, 50, 150); // nothing of theirs is in the way but the machine
        Assert.Equal(100.0 * 36 / 36, readings["ports-recovered"].Value);
        AssertTenthWasReplaced(readings);
    }

    [RootFact]
    public void Sessions_that_conntrack_ends_make_room_for_as_many()
    {
        using LabTurn lab = LabTurn.Netfilter();
        lab.Turn.Testbed.Gateway.ApplyNft("""
            flush table ip natload
            table ip natload {
                chain postrouting {
                    type nat hook postrouting priority srcnat; policy accept;
                    oifname "wan0" meta l4proto udp masquerade to :2000-2063
                }
            }
            """);

        Outcome outcome = new PortsMeasurement(Small).Measure(lab.Turn);

        Dictionary<string, Reading> readings = outcome.Readings.ToDictionary(reading => reading.Figure.Name);
        Assert.Equal(64, readings["ports-sessions-udp-one-endpoint"].Value);
        AssertTenthWasReplaced(readings);
    }

    [RootFact]
    public void Ports_in_quarantine_let_nobody_in_after_sessions_were_ended()
    {
        using ConfigFile file = new("""{ "external": { "ports": "2000-2063" }, "behavior": { "quarantine": 3600 } }""");
        using LabTurn lab = LabTurn.NatEngine("--config", file.Path);

        Outcome outcome = new PortsMeasurement(Small).Measure(lab.Turn);

        Dictionary<string, Reading> readings = outcome.Readings.ToDictionary(reading => reading.Figure.Name);
        Reading tenth = readings["ports-recovered-tenth"];
        Assert.True(tenth.Details["sessionsEnded"] > 0);
        Assert.Equal((0, 0), (tenth.Value, tenth.Details["admittedAfterwards"]));
        Assert.Equal(0, readings["ports-recovered"].Value);
    }

    [Fact]
    public void Each_case_is_a_measurement_of_its_own_and_the_first_is_stormed()
    {
        PortsSettings three = Small with { Cases = [.. "tcp,udp,udp:2".Split(',').Select(PortsCase.Parse)] };

        IReadOnlyList<PortsMeasurement> each = PortsMeasurement.EachOf(three);

        Assert.Equal(
            ["ports", "ports-udp-one-endpoint", "ports-udp-2-endpoints"], each.Select(measurement => measurement.Name));
        Assert.Equal([.. new PortsMeasurement(three).Figures.Select(figure => figure.Name).Order()],
            each.SelectMany(measurement => measurement.Figures).Select(figure => figure.Name).Order());
        Assert.Contains(PortsFigures.OldGoodput, each[0].Figures);
        Assert.All(each, measurement => Assert.True(measurement.WantsFreshSystem));
    }

    [Theory]
    [InlineData("100.64.16.1", 1, "100.64.16.1/32")]
    [InlineData("100.64.16.1", 4, "100.64.16.1/32 100.64.16.2/31 100.64.16.4/32")]
    [InlineData("100.64.16.0", 256, "100.64.16.0/24")]
    public void Hosts_are_named_by_the_fewest_blocks(string first, int count, string blocks)
        => Assert.Equal(blocks, string.Join(' ', PartialRecovery.BlocksOf(IPv4Address.Parse(first), count)));

    [Fact]
    public void A_state_table_forgets_some_and_learns_them_anew()
    {
        StateTable table = new(4);
        foreach (int flow in (int[])[2, 0, 3])
        {
            table.Note(flow, new TransportAddress(SimulatedNat.External, (ushort)(2000 + flow)));
        }

        table.Forget([0, 1]);

        Assert.Equal([2, 3], table.Flows.ToArray());
        Assert.False(table.Knows(0));
        Assert.True(table.Note(0, new TransportAddress(SimulatedNat.External, 9)));
        Assert.Equal([2, 3, 0], table.Flows.ToArray());
    }

    // Two of the twenty hosts are a tenth. They had some of the 64 ports, and exactly so many get in afterwards.
    private static void AssertTenthWasReplaced(Dictionary<string, Reading> readings)
    {
        Reading tenth = readings["ports-recovered-tenth"];
        Assert.InRange(tenth.Details["sessionsEnded"], 1, 10);
        Assert.Equal(36 + tenth.Details["sessionsEnded"], tenth.Details["triedAfterwards"]);
        Assert.Equal(tenth.Details["sessionsEnded"], tenth.Details["admittedAfterwards"]);
        Assert.Equal(100, tenth.Value);
    }

    [RootTheory]
    [InlineData("udp:2", 128)]
    [InlineData("tcp", 64)]
    public void With_a_port_for_each_remote_endpoint_there_are_as_many_connections_as_both_together(
        string of, int expected)
    {
        using ConfigFile file = new("""{ "external": { "ports": "2000-2063" } }""");
        using LabTurn lab = LabTurn.NatEngine("--preset", "symmetric", "--config", file.Path);

        Outcome outcome = new PortsMeasurement(Small with { Cases = [PortsCase.Parse(of)] }).Measure(lab.Turn);

        Assert.Equal(expected, outcome.Readings[0].Value);
        Assert.Equal(expected, outcome.Readings[0].Details["answerable"]);
    }

    [Fact]
    public void A_NAT_in_memory_is_filled_to_its_capacity()
    {
        using SimulatedNat nat = new() { Capacity = 150 };
        using Tester tester = TesterRig.Around(nat);

        Filling filling = Filling.Carry(tester, FlowOrder.Shuffled(200, 1), 1e6);

        Assert.Equal((150, 150, 151L), (filling.Sessions, filling.Answerable, filling.FirstRefused));
        Assert.Equal(50, filling.Refused.Length);
        Assert.Equal((200L, 150), filling.Growth[^1]);
        filling.Check("simulated");
    }

    [Fact]
    public void A_NAT_that_forgets_is_found_out()
    {
        using SimulatedNat nat = new() { Forgets = true };
        using Tester tester = TesterRig.Around(nat);

        Filling filling = Filling.Carry(tester, FlowOrder.Shuffled(200, 1), 1e6);

        Assert.Equal((200, 8), (filling.Sessions, filling.Answerable));
    }

    [Fact]
    public void Old_connections_and_newcomers_are_counted_apart()
    {
        using SimulatedNat nat = new() { Capacity = 150, SaysSo = true };
        using Tester tester = TesterRig.Around(nat);
        Filling filling = Filling.Carry(tester, FlowOrder.Shuffled(200, 1), 1e6);

        StormResult result = new Storm(tester, tester.Table.Flows.ToArray(), filling.Refused)
        {
            OldRate = 10_000,
            NewcomerRate = 1_000,
            Duration = TimeSpan.FromSeconds(0.2),
            Calm = TimeSpan.FromSeconds(0.2),
        }.Run();

        Assert.Equal((100.0, 100.0), (result.GoodputPercent, result.GoodputPercentAfter));
        Assert.Equal((200L, 0L, 0L), (result.During.Prohibited, result.Admitted, result.Silent));
    }

    [Theory]
    [InlineData("udp", "udp-one-endpoint")]
    [InlineData("tcp:4", "tcp-4-endpoints")]
    public void Cases_are_read_and_named(string text, string slug)
    {
        PortsCase each = PortsCase.Parse(text);

        Assert.Equal((text, slug), (each.ToString(), each.Slug));
    }

    [Theory]
    [InlineData("sctp")]
    [InlineData("udp:0")]
    [InlineData("udp:17")]
    [InlineData("udp:1:2")]
    [InlineData("")]
    public void Refuses_cases_that_there_are_not(string text)
        => Assert.Throws<BadInputException>(() => PortsCase.Parse(text));

    private sealed class ConfigFile : IDisposable
    {
        public ConfigFile(string text) => File.WriteAllText(Path, text);

        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}
