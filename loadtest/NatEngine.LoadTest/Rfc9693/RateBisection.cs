using System;
using System.Diagnostics;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>Finds the highest rate that passes, by halving the interval in which it must lie (RFC 9693 section 4.5).
/// </summary>
/// <param name="Highest">The interval's upper end: what is not worth trying, in units per second.</param>
/// <param name="Error">How long the interval may be in the end, as a part of its upper end.</param>
/// <param name="Attempts">How often a rate may fail before it has failed. RFC 9693 knows one attempt; on a machine
/// where the tester shares processors with everything else, one hiccup would throw half of the interval away.</param>
/// <param name="Rest">Taken after each trial.</param>
/// <param name="Budget">How long the search may take, the trial that is under way not counted.</param>
internal sealed record RateBisection(double Highest, double Error, int Attempts, Action Rest, TimeSpan Budget)
{
    // Below this part of the upper end nothing is of interest: the system does not work.
    private const double Floor = 1.0 / 1024;

    /// <summary>Searches.</summary>
    /// <param name="trial">Makes a trial at a rate.</param>
    public BisectionResult Find(Func<double, TrialVerdict> trial)
    {
        long start = Stopwatch.GetTimestamp();
        double passed = 0;
        double offered = 0;
        double failed = Highest;
        bool limited = true; // The highest rate is the tester's until a trial of the system has failed.
        int trials = 0;
        bool exact = false;
        while (!(exact = failed - passed <= Error * failed)
            && failed > Highest * Floor
            && Stopwatch.GetElapsedTime(start) < Budget)
        {
            double rate = (passed + failed) / 2;
            TrialVerdict verdict = default;
            for (int attempt = 0; attempt < Attempts && !verdict.Counts; attempt++)
            {
                verdict = trial(rate);
                trials++;
                Rest();
            }

            if (verdict.Counts)
            {
                passed = rate;
                offered = Math.Min(rate, verdict.OfferedRate);
            }
            else
            {
                failed = rate;
                limited = verdict.LimitedByTester;
            }
        }

        return new BisectionResult(offered, failed, limited, trials, exact);
    }
}
