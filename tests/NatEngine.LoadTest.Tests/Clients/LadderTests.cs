using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NatEngine.Lab;
using NatEngine.LoadTest.Clients;
using NatEngine.LoadTest.Clients.Ladders;
using NatEngine.LoadTest.Clients.Profiles;
using NatEngine.LoadTest.Clients.Running;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Systems;
using NatEngine.LoadTest.Testbeds;

namespace NatEngine.LoadTest.Tests.Clients;

/// <summary>A small ladder through real gateways: not how fast, but how many, and who.</summary>
public sealed partial class LadderTests
{
    private const int Each = 2;

    private static readonly int[] Sizes = [4, 40];

    // Written down by the gateway's kernel as they come in, whoever translates them then.
    private const string WhoComes = $$"""
        table netdev witness {
            set clients { type ipv4_addr; flags dynamic; size 65535; }
            chain arrivals {
                type filter hook ingress device {{NatTopology.InternalInterface}} priority -500;
                ip saddr 100.64.16.0/20 add @clients { ip saddr }
            }
        }
        """;

    private static readonly ClientProfile Profile = ClientProfile.Parse("test", "test", """
        {
          "activities": [
            { "kind": "web", "weight": 2, "thinkTime": 0, "connections": 2, "timeout": 30 },
            { "kind": "dns", "thinkTime": 0, "timeout": 30 },
            { "kind": "game", "datagrams": 5, "datagramsPerSecond": 100, "timeout": 30 }
          ]
        }
        """);

    [RootTheory]
    [InlineData(NatEngineSystem.SystemName)]
    [InlineData(NetfilterSystem.SystemName)]
    public void Every_client_gets_all_it_asks_for_through_a_gateway(string name)
    {
        using ISystemUnderTest system = name == NetfilterSystem.SystemName
            ? new NetfilterSystem(name, [])
            : new NatEngineSystem(name, NatEngineExecutable(), ["--guard", "nft"]); // the witness stands before it
        using Testbed testbed = system.Build(CorePlacement.For(Environment.ProcessorCount), ReceivePlace.Sender);
        testbed.Gateway.ApplyNft(WhoComes);
        system.SetUp(testbed);
        Readiness.Await(testbed, system);
        LadderPlan plan = new()
        {
            Profile = Profile,
            Steps = [.. Sizes.Select(clients => new StepLoad
            {
                Clients = clients,
                Hold = TimeSpan.FromSeconds(1),
                TransactionsPerClient = Each,
            })],
        };

        Outcome outcome = new ClientsMeasurement(plan).Measure(new Turn(testbed, system) { Seed = 1 });

        IReadOnlyDictionary<string, double> details = outcome.Readings[0].Details;
        foreach (int clients in Sizes)
        {
            Assert.Equal(Each * clients / 2, details[$"{clients}.web.succeeded"]);
            Assert.Equal(Each * clients / 4, details[$"{clients}.dns.succeeded"]);
            Assert.Equal(Each * clients / 4, details[$"{clients}.game.succeeded"]);
            Assert.All(["web", "dns", "game"], crowd => Assert.Equal(0, details[$"{clients}.{crowd}.failed"]));
        }

        Assert.Equal(40, outcome.Readings.Single(reading => reading.Figure.Name == "clients-test-knee").Value);
        Assert.Equal(ClientAddresses(40), Witnessed(testbed));
        Assert.Equal([0, 0], CurveNamed(outcome, "failures"));
        Assert.Equal(2, CurveNamed(outcome, "page-time").Count);

        // Of the last step, by now: 20 web clients looked a name up and opened two connections twice, 10 looked up, 10
        // played. The gateway started each step from nothing.
        Assert.InRange(CurveNamed(outcome, "sessions")[1], (20 * Each * 3) + (10 * Each) + 10 - 5, 20_000);
    }

    private static IReadOnlyList<double> CurveNamed(Outcome outcome, string name)
        => [.. outcome.Curves.Single(curve => curve.Name == $"clients-test-{name}").Points.Select(point => point.Y)];

    private static IEnumerable<string> Witnessed(Testbed testbed)
    {
        string set = testbed.Gateway.Run("nft", ["list", "set", "netdev", "witness", "clients"]).EnsureSuccess().Output;
        return Address().Matches(set).Select(match => match.Value).Order();
    }

    private static IEnumerable<string> ClientAddresses(int count)
        => Enumerable.Range(0, count).Select(number => $"100.64.16.{number + 1}").Order();

    private static string NatEngineExecutable()
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/')).Parent!.Name;
        for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
        {
            if (File.Exists(Path.Combine(d.FullName, "NatEngine.sln")))
            {
                return Path.Combine(d.FullName, "src/NatEngine.Host/bin", configuration, "net10.0/natengine");
            }
        }

        throw new InvalidOperationException($"No NatEngine.sln above {AppContext.BaseDirectory}.");
    }

    [GeneratedRegex(@"\b100\.64\.\d+\.\d+\b")]
    private static partial Regex Address();
}
