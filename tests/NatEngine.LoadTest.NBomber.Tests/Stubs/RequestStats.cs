namespace NBomber.Contracts.Stats;

public sealed record RequestStats(int Count);
