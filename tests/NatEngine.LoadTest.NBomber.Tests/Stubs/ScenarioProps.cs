using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace NBomber.Contracts;

public sealed record ScenarioProps(string ScenarioName, Func<IScenarioContext, Task<IResponse>> Run)
{
    public Func<IScenarioInitContext, Task> Init { get; init; } = _ => Task.CompletedTask;

    public bool WarmsUp { get; init; } = true;

    public IReadOnlyList<LoadSimulation> Simulations { get; init; } = [];
}
