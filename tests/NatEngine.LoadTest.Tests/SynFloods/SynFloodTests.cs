using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Rfc9693;
using NatEngine.LoadTest.SynFloods;
using NatEngine.LoadTest.Tests.Rfc9693;

namespace NatEngine.LoadTest.Tests.SynFloods;

public sealed class SynFloodTests
{
    [Theory]
    [InlineData(0, 1024, "198.18.0.0:1024")]
    [InlineData(1, 65535, "198.18.0.1:1025")]
    [InlineData(32767, 80, "198.18.127.255:33791")]
    [InlineData(-1, 80, "198.18.127.255:33791")] // any number chooses an address
    public void A_strangers_number_says_who_it_pretends_to_be_and_what_it_wants(
        int source, ushort port, string expected)
    {
        int number = StrangerNumber.Of(source, port);

        Assert.Equal(port, StrangerNumber.PortOf(number));
        Assert.Equal(expected, StrangerNumber.SourceOf(number).ToString());
        Assert.True(StrangerNumber.Sources.Contains(StrangerNumber.SourceOf(number).Address));
    }

    [Fact]
    public void Strangers_want_ports_that_are_in_use_or_ports_that_are_not()
    {
        using SimulatedNat nat = new();
        using Tester tester = TesterRig.Around(nat);
        TesterRig.Open(tester);
        HashSet<ushort> used = [.. tester.Table.Flows.ToArray().Select(flow => tester.Table[flow].Port)];
        Assert.NotEmpty(used);

        IEnumerable<ushort> mapped = FloodTargets.Of(FloodOrigin.Mapped, tester, 0, 1).Select(StrangerNumber.PortOf);
        IEnumerable<ushort> unmapped =
            FloodTargets.Of(FloodOrigin.Unmapped, tester, 0, 1).Select(StrangerNumber.PortOf);

        Assert.Equal(used.Order(), mapped.Distinct().Order());
        Assert.Empty(unmapped.Intersect(used));
        Assert.True(unmapped.Min() >= 1024);
    }

    [Fact]
    public void A_flood_from_inside_is_made_of_connections_that_do_not_stand()
    {
        using SimulatedNat nat = new();
        using Tester tester = TesterRig.Around(nat);

        int[] flood = FloodTargets.Of(FloodOrigin.Inside, tester, 10, 1);

        Assert.Equal(Enumerable.Range(10, tester.Space.Count - 10), flood.Order());
    }

    [RootFact]
    public void A_flood_arrives_at_the_NAT_where_it_should_while_established_connections_go_on()
    {
        using LabTurn lab = LabTurn.NatEngine();
        SynFloodsMeasurement measurement = new(new SynFloodSettings
        {
            Rates = [4_000],
            OldSessions = 100,
            OldRate = 1_000,
            Flood = TimeSpan.FromSeconds(0.5),
            Calm = TimeSpan.FromSeconds(0.2),
        });

        Outcome outcome = measurement.Measure(lab.Turn);

        Assert.Equal(
            measurement.Figures.Select(figure => figure.Name), outcome.Readings.Select(reading => reading.Figure.Name));
        Reading[] floods = [.. outcome.Readings];
        Assert.All(floods, flood => Assert.True(flood.Value > 0, flood.Figure.Name));
        Assert.True(floods[0].Details["synsThatCameOut"] > 0);
        Assert.True(floods[1].Details["drops:NoMapping"] > 0);
        Assert.True(floods[2].Details["drops:Filtered"] > 0);
        Assert.Equal(3, outcome.Curves.Count);
    }
}
