namespace NBomber.Contracts.Stats;

public sealed record NodeStats(ScenarioStats[] ScenarioStats);
