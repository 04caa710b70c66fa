namespace NBomber.Contracts.Stats;

public sealed record MeasurementStats(RequestStats Request);
