namespace NBomber.Contracts;

public interface IScenarioContext
{
    ScenarioInfo ScenarioInfo { get; }
}
