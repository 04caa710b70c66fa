namespace NBomber.Contracts.Stats;

public sealed record ScenarioStats(string ScenarioName, StepStats[] StepStats);
