namespace NBomber.Contracts;

public sealed record ScenarioInfo(int InstanceNumber, string ScenarioName);
