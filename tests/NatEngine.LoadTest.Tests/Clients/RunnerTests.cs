using System;
using System.Linq;
using NatEngine.Lab;
using NatEngine.LoadTest.Clients.Profiles;
using NatEngine.LoadTest.Clients.Running;

namespace NatEngine.LoadTest.Tests.Clients;

/// <summary>natload's own runner, with real clients and real servers, and nothing between them.</summary>
public sealed class RunnerTests(CabledEnds ends) : IClassFixture<CabledEnds>
{
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(0.5);

    public static TheoryData<string> Shipped => [.. ProfileCatalog.Names];

    [RootTheory]
    [MemberData(nameof(Shipped))]
    public void Every_transaction_of_every_profile_succeeds_and_is_counted(string name)
    {
        const int Clients = 10;
        const int Each = 2;

        StepResult result = ends.Run(
            ProfileCatalog.Find(name), new StepLoad { Clients = Clients, Hold = Hold, TransactionsPerClient = Each });

        Assert.DoesNotContain(result.Failures.Keys, cause => cause != "late");
        Assert.Equal(Clients, result.Crowds.Sum(crowd => crowd.Clients));
        foreach (CrowdResult crowd in result.Crowds)
        {
            long wanted = Each * crowd.Clients;

            // On a busy machine a segment may be late; it is counted all the same, and so is how late it was.
            Assert.Equal(wanted, crowd.Succeeded + crowd.Failed);
            Assert.Equal(new RunnerTally(crowd.Succeeded, crowd.Failed), crowd.Runner);
            Assert.Equal(wanted * ResponsesPerTransaction(crowd.Name), crowd.Latencies["response"].Count);
            Assert.True(crowd.BitsPerSecond > 0, "nothing was received");
            Assert.Equal(1, crowd.Fairness, 3);
        }
    }

    [RootFact]
    public void A_page_is_lookups_connections_and_objects_each_with_its_latency()
    {
        ClientProfile profile = Profile("""
            {
              "kind": "web", "lookups": 2, "connections": 3, "objectsPerConnection": 4, "objectOctets": 100,
              "thinkTime": 0
            }
            """);

        CrowdResult crowd = ends.Run(profile, new StepLoad { Clients = 5, Hold = Hold, TransactionsPerClient = 1 })
            .Crowds.Single();

        Assert.Equal(5, crowd.Succeeded);
        Assert.Equal(5 * 2, crowd.Latencies["lookup"].Count);
        Assert.Equal(5 * 3, crowd.Latencies["connect"].Count);
        Assert.Equal(5 * 3 * 4, crowd.Latencies["first-octet"].Count);
        LatencySummary pages = crowd.Latencies["response"];
        Assert.True(pages.P50 >= crowd.Latencies["connect"].P50, "a page takes at least as long as its connections");
        Assert.True(pages.P50 <= pages.P9999 && pages.P9999 <= pages.Max, "percentiles ascend");
    }

    [RootFact]
    public void A_game_times_both_ways()
    {
        ClientProfile profile = Profile("""
            { "kind": "game", "datagrams": 20, "datagramsPerSecond": 1000, "timeout": 5 }
            """);

        CrowdResult crowd = ends.Run(profile, new StepLoad { Clients = 2, Hold = Hold, TransactionsPerClient = 1 })
            .Crowds.Single();

        Assert.Equal(40, crowd.Latencies["outbound"].Count);
        Assert.Equal(40, crowd.Latencies["inbound"].Count);
        Assert.True(
            crowd.Latencies["outbound"].Mean + crowd.Latencies["inbound"].Mean
                <= crowd.Latencies["response"].Mean * 1.01,
            "the two ways are not longer than the round");
    }

    [RootFact]
    public void Closed_loop_ends_with_its_time_and_nobody_is_left_out()
    {
        ClientProfile profile = Profile("""{ "kind": "dns", "thinkTime": 0.01, "timeout": 10 }""");

        StepLoad load = new() { Clients = 30, RampUp = Hold / 5, Hold = Hold, RampDown = Hold / 5 };

        StepResult result = ends.Run(profile, load);

        Assert.Equal(Hold.TotalSeconds, result.Seconds, 6);
        Assert.Equal(0, result.Failed);
        Assert.True(result.WorstClient > 0, "somebody got nothing");
        CrowdResult crowd = result.Crowds.Single();
        Assert.True(crowd.Runner.Succeeded >= crowd.Succeeded, "the ramps are the runner's only");
    }

    [RootFact]
    public void Open_loop_begins_what_its_rate_says_and_times_it_from_when_it_was_due()
    {
        ClientProfile profile = Profile("""{ "kind": "dns", "timeout": 10 }""");
        StepLoad load = new() { Clients = 7, Rate = 200, RampUp = Hold / 5, Hold = Hold, RampDown = Hold / 5 };

        CrowdResult crowd = ends.Run(profile, load).Crowds.Single();

        // 0.5 s at 200 a second; and on either ramp of 0.1 s half as many as on a tenth of a second of it.
        Assert.Equal(100, crowd.Succeeded);
        Assert.Equal(new RunnerTally(120, 0), crowd.Runner);
        Assert.Equal(100, crowd.Latencies["lag"].Count);
        Assert.True(
            crowd.Latencies["response"].Mean >= crowd.Latencies["lookup"].Mean,
            "from when it was due is no later than from when it was sent");
    }

    [RootFact]
    public void What_is_refused_is_a_failure_of_its_own()
    {
        // Nobody serves at these ports once they are closed to the clients.
        ends.Testbed.Remote.ApplyNft("""
            table ip refusing {
                chain input {
                    type filter hook input priority 0;
                    tcp dport 80 reject with tcp reset
                    udp dport 53 reject with icmp port-unreachable
                    udp dport 27015 drop
                }
            }
            """);
        try
        {
            StepLoad load = new() { Clients = 3, Hold = Hold, TransactionsPerClient = 2 };

            Assert.Equal(6, ends.Run(Profile("""{ "kind": "download" }"""), load).Failures["connect-refused"]);
            Assert.Equal(6, ends.Run(Profile("""{ "kind": "dns" }"""), load).Failures["connect-refused"]);
            StepResult game = ends.Run(
                Profile("""{ "kind": "game", "datagrams": 2, "datagramsPerSecond": 100, "timeout": 0.3 }"""), load);
            Assert.Equal(6, game.Failures["lost"]);
            Assert.Equal(100, game.FailedPercent);
        }
        finally
        {
            ends.Testbed.Remote.ApplyNft("delete table ip refusing");
        }
    }

    [RootFact]
    public void Other_programs_understand_the_servers()
    {
        ProgramResult dig = ends.Testbed.Inside.Run("dig", ["+short", "+tries=1", "@198.18.0.2", "s7.natload.test"]);
        Assert.Equal("198.18.0.8", dig.EnsureSuccess().Output.Trim());

        ProgramResult curl = ends.Testbed.Inside.Run(
            "curl", ["-s", "-o", "/dev/null", "-w", "%{http_code} %{size_download}", "http://198.18.0.9/200000/5"]);
        Assert.Equal("200 200000", curl.EnsureSuccess().Output);
        ProgramResult none = ends.Testbed.Inside.Run(
            "curl", ["-s", "-o", "/dev/null", "-w", "%{http_code}", "http://198.18.0.9/index.html"]);
        Assert.Equal("404", none.EnsureSuccess().Output);
    }

    private static int ResponsesPerTransaction(string activity) => activity == "game" ? 15 : 1;

    private static ClientProfile Profile(string activity)
        => ClientProfile.Parse("test", "test", $$"""{ "activities": [ {{activity}} ] }""");
}
