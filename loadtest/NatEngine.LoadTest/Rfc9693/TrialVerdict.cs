namespace NatEngine.LoadTest.Rfc9693;

/// <summary>What a trial at one rate showed.</summary>
/// <param name="Passes">Whether the system kept up, by the criterion of the search.</param>
/// <param name="LimitedByTester">Whether the tester fell short of the rate, or lost frames itself.</param>
/// <param name="OfferedRate">What the tester really offered, per second: a little less than it was asked to.</param>
internal readonly record struct TrialVerdict(bool Passes, bool LimitedByTester, double OfferedRate)
{
    /// <summary>A rate that neither the system nor the tester had trouble with. One that the tester did not keep is not
    /// passed, whatever arrived.</summary>
    public bool Counts => Passes && !LimitedByTester;
}
