namespace NatEngine.LoadTest.Rfc9693;

/// <summary>Where a search ended.</summary>
/// <param name="Rate">The highest rate that passed; 0 if none did.</param>
/// <param name="Failed">The lowest that did not.</param>
/// <param name="LimitedByTester">Whether it was the tester that failed there.</param>
/// <param name="Trials">How many trials it took.</param>
internal readonly record struct BisectionResult(double Rate, double Failed, bool LimitedByTester, int Trials);
