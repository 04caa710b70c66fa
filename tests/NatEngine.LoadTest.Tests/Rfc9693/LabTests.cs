using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Rfc9693;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Tests.Rfc9693;

/// <summary>The tester around real NATs. Rates are gentle and the time to wait is long: what is tested is what arrives,
/// not when.</summary>
public sealed class LabTests
{
    private const int Connections = 500;

    private static readonly TesterSettings Settings = new() { Hosts = 50, PortsPerHost = 10 };

    [RootTheory]
    [InlineData("netfilter")]
    [InlineData("natengine")]
    public void A_NAT_holds_what_it_passed_on(string name)
    {
        using LabTurn lab = name == "netfilter" ? LabTurn.Netfilter() : LabTurn.NatEngine();
        using TesterBench bench = TesterBench.Open(lab.Turn, Settings.SpaceOf(Connections, 1));
        Tester tester = bench.Tester;

        PhaseResult opening = tester.Run(new Phase
        {
            Inside = [StreamPlan.Once(FrameKind.Opening, 5_000, FlowOrder.Shuffled(Connections, 1))],
            Timeout = TimeSpan.FromSeconds(3),
        });
        PhaseResult validation = tester.Run(new Phase
        {
            Outside = [StreamPlan.Once(FrameKind.Validation, 5_000, tester.Table.Flows.ToArray())],
            Timeout = TimeSpan.FromSeconds(3),
        });

        Assert.True(opening.IsFlawless, $"{opening[FrameKind.Opening]}");
        Assert.True(validation.IsFlawless, $"{validation[FrameKind.Validation]}");
        Assert.Equal(0, tester.Table.CountShared(tester.Space));
        IEnumerable<IPv4Address> seen = Enumerable.Range(0, Connections).Select(flow => tester.Table[flow].Address);
        Assert.Equal(name == "netfilter" ? "203.0.113.1" : "203.0.113.2", Assert.Single(seen.Distinct()).ToString());
        Assert.InRange(lab.Turn.System.Read().Sessions ?? 0, Connections, Connections + 10);
    }

    [RootFact]
    public void A_NAT_that_was_made_to_forget_holds_nothing()
    {
        using LabTurn lab = LabTurn.Netfilter();
        using TesterBench bench = TesterBench.Open(lab.Turn, Settings.SpaceOf(Connections, 1));
        int[] order = FlowOrder.Shuffled(Connections, 1);
        Warming.Establish(bench, order);
        int[] held = bench.Tester.Table.Flows.ToArray();

        bench.System.ResetState();
        PhaseResult validation = bench.Tester.Run(new Phase
        {
            Outside = [StreamPlan.Once(FrameKind.Validation, 5_000, held)],
        });

        Assert.Equal(0, validation[FrameKind.Validation].Received);
    }

    [RootFact]
    public void A_rule_that_tampers_with_ports_is_found_out()
    {
        using LabTurn lab = LabTurn.Netfilter();
        using TesterBench bench = TesterBench.Open(lab.Turn, Settings.SpaceOf(Connections, 1));
        Warming.Establish(bench, FlowOrder.Shuffled(Connections, 1));

        lab.Turn.Testbed.Gateway.ApplyNft("""
            table ip tamper {
                chain answers {
                    type filter hook postrouting priority 300; policy accept;
                    oifname "lan0" udp dport set 4242
                }
            }
            """);
        PhaseResult validation = TesterRig.Validate(bench.Tester);

        Assert.Equal(0, validation[FrameKind.Validation].Received);
        Assert.True(validation[FrameKind.Validation].WrongTranslations > 0, $"{validation}");
    }

    [RootTheory]
    [InlineData("connection-rate")]
    [InlineData("throughput")]
    [InlineData("latency")]
    [InlineData("loss")]
    [InlineData("teardown")]
    public void Every_procedure_yields_its_figures(string name)
    {
        using LabTurn lab = LabTurn.Netfilter();
        TesterSettings tiny = Settings with
        {
            Connections = [Connections],
            HighestRate = 4_000,
            Error = 0.6,
            Trial = TimeSpan.FromSeconds(0.1),
            Frames = ["64", "imix"],
            AcceptedLoss = 50,
            Attempts = 20,
        };

        IMeasurement measurement = Rfc9693Measurements.Create(name, tiny);
        Outcome outcome = measurement.Measure(lab.Turn);

        Assert.Equal(
            measurement.Figures.Select(figure => figure.Name), outcome.Readings.Select(reading => reading.Figure.Name));
        Assert.All(outcome.Readings, reading => Assert.True(reading.Value >= 0, reading.Figure.Name));
        Assert.All(outcome.Curves, curve => Assert.Equal(curve.Points.OrderBy(point => point.X), curve.Points));
    }
}
