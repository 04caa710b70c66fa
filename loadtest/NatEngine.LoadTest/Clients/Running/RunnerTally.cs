namespace NatEngine.LoadTest.Clients.Running;

/// <summary>Transactions of one crowd over a whole step, ramps included, as the runner counted them.</summary>
/// <param name="Succeeded">Those that succeeded.</param>
/// <param name="Failed">Those that failed.</param>
public sealed record RunnerTally(long Succeeded, long Failed);
