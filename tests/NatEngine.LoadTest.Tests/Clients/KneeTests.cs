using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.LoadTest.Clients.Findings;
using NatEngine.LoadTest.Clients.Running;
using NatEngine.LoadTest.Machine;

namespace NatEngine.LoadTest.Tests.Clients;

public sealed class KneeTests
{
    private static readonly CorePlacement Cores = new(0, 1, 2);

    // Clients that read for a second: with 4 ms a page, 1,000 would do a thousand pages a second.
    [Fact]
    public void The_knee_is_the_last_step_before_pages_slow_down_and_throughput_stops()
    {
        StepResult[] steps =
        [
            Step(1, 1, 4), Step(10, 10, 4), Step(30, 30, 5), Step(100, 98, 20), Step(300, 120, 1500),
            Step(1000, 118, 7500),
        ];

        Assert.Equal(100, steps[Knee.Find(steps)].Size);
    }

    [Fact]
    public void Slower_pages_alone_are_no_knee()
    {
        StepResult[] steps = [Step(10, 10, 4), Step(100, 98, 20), Step(300, 280, 60)];

        Assert.Equal(2, Knee.Find(steps));
    }

    [Fact]
    public void A_throughput_that_its_own_pace_holds_back_is_no_knee()
    {
        StepResult[] steps = [Step(10, 100, 4), Step(100, 400, 5)];

        Assert.Equal(1, Knee.Find(steps));
    }

    [Fact]
    public void Failures_are_past_the_knee_however_fast_the_rest_is()
    {
        StepResult[] steps = [Step(10, 10, 4), Step(30, 30, 4), Step(100, 98, 4, failed: 20)];

        Assert.Equal(1, Knee.Find(steps));
    }

    [Fact]
    public void One_in_a_hundred_may_fail()
    {
        StepResult[] steps = [Step(10, 10, 4), Step(100, 99, 4, failed: 10)];

        Assert.Equal(1, Knee.Find(steps));
    }

    [Fact]
    public void A_bad_step_between_good_ones_is_no_knee()
    {
        StepResult[] steps = [Step(10, 10, 4), Step(30, 5, 900), Step(100, 98, 4)];

        Assert.Equal(2, Knee.Find(steps));
    }

    [Fact]
    public void A_system_that_fails_from_the_first_step_has_no_knee_at_all()
        => Assert.Equal(-1, Knee.Find([Step(1, 0, 0, failed: 5), Step(10, 0, 0, failed: 50)]));

    [Fact]
    public void A_step_with_a_handful_of_transactions_is_no_measure_for_others()
    {
        // One client's single page took a second, for whatever reason; a second client's took a millisecond.
        StepResult[] steps = [Step(1, 100, 1, succeeded: 3), Step(10, 10, 4), Step(30, 30, 4)];

        Assert.Equal(2, Knee.Find(steps));
    }

    [Theory]
    [InlineData(99, 20, 20, 0, "the generator's processor (99 % busy, 0 % by the clients' process): generator-limited")]
    [InlineData(20, 99, 20, 0, "the system's processor (99 % busy)")]
    [InlineData(20, 20, 99, 0, "the servers' processor (99 % busy): generator-limited")]
    [InlineData(20, 20, 20, 7, "the system dropped 7 packets")]
    [InlineData(20, 20, 20, 0, "nothing that was looked at")]
    public void What_limits_a_step_is_named(double generator, double system, double sink, long drops, string expected)
    {
        StepResult step = Step(10, 10, 4) with
        {
            Machine = new HoldObservation([generator, system, sink], 0, 0),
            Drops = drops,
        };

        Assert.StartsWith(expected, Limits.Of(step, Cores), StringComparison.Ordinal);
    }

    [Fact]
    public void The_generators_own_want_of_ports_and_a_gateways_refusals_are_limits()
    {
        StepResult step = Step(10, 10, 4);
        CrowdResult crowd = step.Crowds[0] with
        {
            Failures = new Dictionary<string, long> { ["no-port"] = 3, ["unreachable"] = 4, ["unsent"] = 5 },
        };

        string limits = Limits.Of(step with { Crowds = [crowd] }, Cores);

        Assert.Equal(
            "the generator ran out of ports 3 times; the generator did not begin 5 transactions; "
                + "the gateway refused 4 sessions (ICMP)",
            limits);
    }

    private static StepResult Step(
        int clients, double perSecond, double milliseconds, long failed = 0, long? succeeded = null)
    {
        long count = succeeded ?? (long)(perSecond * 10);
        Dictionary<string, LatencySummary> latencies = [];
        if (count > 0)
        {
            double median = milliseconds * 1000;
            latencies["response"] = new LatencySummary(
                count, median, median, median, median, median, median, median);
        }

        return new StepResult
        {
            Load = new StepLoad { Clients = clients, Hold = TimeSpan.FromSeconds(10) },
            Seconds = 10,
            Machine = new HoldObservation([.. Enumerable.Repeat(10.0, 3)], 0, 0),
            Crowds =
            [
                new CrowdResult
                {
                    Name = "web",
                    Clients = clients,
                    Succeeded = count,
                    Failures = failed > 0 ? new Dictionary<string, long> { ["lost"] = failed } : [],
                    TransactionsPerSecond = perSecond,
                    BitsPerSecond = 0,
                    Fairness = 1,
                    WorstClient = 1,
                    Latencies = latencies,
                    Runner = new RunnerTally(count, failed),
                },
            ],
        };
    }
}
