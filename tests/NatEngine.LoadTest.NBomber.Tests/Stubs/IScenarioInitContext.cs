namespace NBomber.Contracts;

public interface IScenarioInitContext
{
    ScenarioInfo ScenarioInfo { get; }
}
