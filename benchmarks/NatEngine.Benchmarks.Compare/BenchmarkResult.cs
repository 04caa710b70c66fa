namespace NatEngine.Benchmarks.Compare;

/// <summary>What was measured of one benchmark with one set of parameters. Times are nanoseconds.</summary>
/// <param name="Name">Type, method and parameters.</param>
/// <param name="Median">Of the iterations.</param>
/// <param name="Least">The shortest iteration's.</param>
/// <param name="Margin">Half of the confidence interval, at 99.9 %: what BenchmarkDotNet's tables call Error.</param>
/// <param name="Allocated">Octets allocated for each operation; null if they were not counted.</param>
internal sealed record BenchmarkResult(string Name, double Median, double Least, double Margin, long? Allocated);
