using System;
using System.Threading.Tasks;
using NBomber.Contracts;

namespace NBomber.CSharp;

public static class Scenario
{
    public static ScenarioProps Create(string name, Func<IScenarioContext, Task<IResponse>> run) => new(name, run);

    public static ScenarioProps WithInit(this ScenarioProps scenario, Func<IScenarioInitContext, Task> initFunc)
        => scenario with { Init = initFunc };

    public static ScenarioProps WithoutWarmUp(this ScenarioProps scenario) => scenario with { WarmsUp = false };

    public static ScenarioProps WithLoadSimulations(
        this ScenarioProps scenario, params LoadSimulation[] loadSimulations)
        => scenario with { Simulations = loadSimulations };
}
