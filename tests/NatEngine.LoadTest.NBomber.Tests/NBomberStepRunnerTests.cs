using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NatEngine.LoadTest.Clients.Profiles;
using NatEngine.LoadTest.Clients.Running;
using NatEngine.LoadTest.Clients.Servers;
using NatEngine.Packets;
using NBomber.Contracts;
using NBomber.CSharp;

namespace NatEngine.LoadTest.NBomber.Tests;

/// <summary>The mapping to NBomber and back, on stubs with NBomber's signatures.</summary>
public sealed class NBomberStepRunnerTests
{
    private static readonly TimeSpan Hold = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Ramp = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task What_NBomber_counts_is_what_the_clients_recorded()
    {
        using ClientStep step = Step(new StepLoad { Clients = 4, Hold = Hold }, weights: 1);

        StepResult result = await GeneratorProgram.RunAsync(new NBomberStepRunner(), step);

        CrowdResult crowd = Assert.Single(result.Crowds);
        PlainScenario scenario = (PlainScenario)step.Crowds[0].Scenario;
        Assert.True(scenario.Refused >= 4, "every third of each client is refused");
        Assert.Equal(new RunnerTally(scenario.Succeeded, scenario.Refused), crowd.Runner);

        // What began after the window had closed is not in the clients' own count.
        Assert.InRange(crowd.Succeeded, 1, crowd.Runner.Succeeded);
        Assert.InRange(crowd.Failed, 0, crowd.Runner.Failed);
    }

    [Fact]
    public async Task Every_crowd_is_a_scenario_and_every_client_takes_part()
    {
        using ClientStep step = Step(new StepLoad { Clients = 6, Hold = Hold }, weights: [2, 1]);

        StepResult result = await GeneratorProgram.RunAsync(new NBomberStepRunner(), step);

        Assert.Equal(["plain-0", "plain-1"], NBomberRunner.Last!.Scenarios.Select(scenario => scenario.ScenarioName));
        Assert.All(NBomberRunner.Last.Scenarios, scenario => Assert.False(scenario.WarmsUp));
        Assert.Equal([4, 2], result.Crowds.Select(crowd => crowd.Clients));
        Assert.All(result.Crowds, crowd => Assert.True(crowd.Runner.Succeeded >= crowd.Clients, crowd.Name));
    }

    [Fact]
    public async Task Closed_loop_ramps_up_holds_and_ramps_down_copies()
    {
        IReadOnlyList<LoadSimulation> simulations = await SimulationsOf(
            new StepLoad { Clients = 3, RampUp = Ramp, Hold = Hold, RampDown = Ramp });

        Assert.Equal(
            [
                Simulation.RampingConstant(3, Ramp),
                Simulation.KeepConstant(3, Hold),
                Simulation.RampingConstant(0, Ramp),
            ],
            simulations);
    }

    [Fact]
    public async Task Open_loop_injects_at_a_rate_per_second()
    {
        TimeSpan second = TimeSpan.FromSeconds(1);

        IReadOnlyList<LoadSimulation> simulations = await SimulationsOf(
            new StepLoad { Clients = 3, Rate = 7, RampUp = Ramp, Hold = Hold, RampDown = Ramp });

        Assert.Equal(
            [
                Simulation.RampingInject(7, second, Ramp),
                Simulation.Inject(7, second, Hold),
                Simulation.RampingInject(0, second, Ramp),
            ],
            simulations);
    }

    [Fact]
    public async Task Reports_go_to_the_folder_that_was_asked_for_or_to_a_fresh_one()
    {
        string folder = Path.Combine(Path.GetTempPath(), $"natload-tests-{Guid.NewGuid():N}");
        using ClientStep asked = Step(new StepLoad { Clients = 1, Hold = Ramp }, weights: 1, folder);
        await new NBomberStepRunner().RunAsync(asked);
        Assert.Equal(folder, NBomberRunner.Last!.ReportFolder);

        using ClientStep other = Step(new StepLoad { Clients = 1, Hold = Ramp }, weights: 1);
        await new NBomberStepRunner().RunAsync(other);
        Assert.NotEqual(folder, NBomberRunner.Last.ReportFolder);
    }

    [Fact]
    public async Task A_step_by_numbers_of_transactions_is_refused()
    {
        using ClientStep step = Step(new StepLoad { Clients = 1, Hold = Hold, TransactionsPerClient = 2 }, weights: 1);

        await Assert.ThrowsAsync<NotSupportedException>(() => new NBomberStepRunner().RunAsync(step));
    }

    private static async Task<IReadOnlyList<LoadSimulation>> SimulationsOf(StepLoad load)
    {
        using ClientStep step = Step(load, weights: 1);
        await new NBomberStepRunner().RunAsync(step);
        return NBomberRunner.Last!.Scenarios.Single().Simulations;
    }

    private static ClientStep Step(StepLoad load, double weights, string? reportFolder = null)
        => Step(load, [weights], reportFolder);

    private static ClientStep Step(StepLoad load, double[] weights, string? reportFolder = null)
    {
        ClientProfile profile = new()
        {
            Name = "plain",
            Description = "Nothing real",
            Activities =
            [
                .. weights.Select((weight, index) => new Activity($"plain-{index}", new PlainScenario(), weight)),
            ],
            Origin = ("test", "{}"),
        };
        ClientPlaces places = new(IPv4Address.Parse("100.64.16.1"), ServerPlaces.Default, Seed: 1);
        return ClientStep.SetUp(profile, load, places, reportFolder);
    }
}
