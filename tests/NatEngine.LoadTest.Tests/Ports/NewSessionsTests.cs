using System;
using System.Linq;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Ports;
using NatEngine.LoadTest.Rfc9693;
using NatEngine.LoadTest.Tests.Rfc9693;

namespace NatEngine.LoadTest.Tests.Ports;

public sealed class NewSessionsTests
{
    [Fact]
    public void Nine_tenths_of_the_ports_are_residents_and_newcomers_hosts_are_their_own()
    {
        CrowdedEndpoint crowd = new();
        FlowSpace space = new(crowd.SpaceOf(1));

        int[] residents = crowd.Residents(1);
        int[] newcomers = crowd.Newcomers(1);

        Assert.Equal(58_060, residents.Length);
        Assert.Equal(5_000, newcomers.Length);
        Assert.True(residents.Length + newcomers.Length < PortsSettings.PortsOfAnAddress);
        Assert.True(space.Count > PortsSettings.PortsOfAnAddress);
        Assert.All(newcomers, flow => Assert.True(crowd.NewcomerHosts.Contains(space.SourceOf(flow).Address)));
        Assert.DoesNotContain(residents, flow => crowd.NewcomerHosts.Contains(space.SourceOf(flow).Address));
    }

    [Fact]
    public void Newcomers_come_again_once_theirs_were_ended()
    {
        using SimulatedNat nat = new();
        using Tester tester = TesterRig.Around(nat);
        int[] newcomers = [.. Enumerable.Range(0, 20)];
        int ended = 0;
        CrowdedTrial trial = new(tester, newcomers, () => ended++);

        // Whether the tester keeps the rate is the machine's matter here, and not what is tested.
        trial.Run(1e5);
        Assert.Equal(newcomers.Length, tester.Table.Count);
        trial.Run(1e5);

        Assert.Equal(2, ended);
        Assert.Equal(newcomers.Length, tester.Table.Count);
        trial.Clear();
        Assert.Equal(0, tester.Table.Count);
    }

    [RootTheory]
    [InlineData("netfilter")]
    [InlineData("natengine")]
    public void Rates_are_found_on_a_NAT_that_is_crowded(string name)
    {
        using LabTurn lab = name == "netfilter" ? LabTurn.Netfilter() : LabTurn.NatEngine();
        CrowdedEndpoint crowd = new()
        {
            Hosts = 200,
            PortsPerHost = 10,
            ResidentCount = 500,
            NewcomerCount = 300,
            OldSessions = 100,
            OldRate = 1_000,
        };
        TesterSettings gentle = new() { HighestRate = 4_000, Error = 0.6, Attempts = 20 };

        Outcome outcome = new NewSessionsMeasurement(crowd, gentle).Measure(lab.Turn);

        Reading rate = Assert.Single(outcome.Readings);
        Assert.Equal("connection-rate-90", rate.Figure.Name);
        Assert.InRange(rate.Value, 1, 4_000);
        Assert.Equal(500, rate.Details["portsInUse"]);
        Assert.Contains("Nobody was refused", Assert.Single(outcome.Findings), StringComparison.Ordinal);
    }
}
