using System.Collections.Concurrent;
using NBomber.Contracts;

namespace NBomber;

/// <summary>One instance of a scenario; what it counts goes to all instances' tally.</summary>
public sealed class StubSession(ScenarioInfo scenarioInfo, ConcurrentBag<(string Step, IResponse Response)> responses)
    : IScenarioContext, IScenarioInitContext
{
    public ScenarioInfo ScenarioInfo => scenarioInfo;

    public void Count(string step, IResponse response) => responses.Add((step, response));
}
