using System;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>
/// Finds how many connections a system can hold, by the rate at which it still takes them (RFC 9693 section 4.9, in the
/// steps of siitperf's <c>cttc.sh</c>): doubling until the rate collapses, then halving the interval.
/// </summary>
/// <param name="Start">A number that is safe.</param>
/// <param name="Most">A number beyond which nothing is tried.</param>
/// <param name="Error">How long the interval may be in the end, in connections.</param>
internal sealed record CapacitySearch(int Start, int Most, int Error)
{
    // RFC 9693's beta and gamma: a rate that falls below this part of the last has collapsed.
    private const double Collapsed = 0.2;
    private const double CollapsedBetween = 0.4;

    /// <summary>Searches.</summary>
    /// <param name="findRate">Finds the highest connection establishment rate for a number of connections, knowing that
    /// it is at most the second argument; 0 if there is none.</param>
    public CapacityResult Find(Func<int, double, double> findRate)
    {
        int safe = Start;
        double safeRate = findRate(safe, double.PositiveInfinity);
        int tried = safe;
        double rate = safeRate;
        while (safeRate > 0 && rate >= Collapsed * safeRate && tried < Most)
        {
            (safe, safeRate) = (tried, rate);
            tried = (int)Math.Min(2L * tried, Most);
            rate = findRate(tried, safeRate);
        }

        if (safeRate <= 0 || rate >= Collapsed * safeRate)
        {
            return new CapacityResult(safeRate > 0 ? tried : 0, rate, safeRate > 0);
        }

        while (tried - safe > Error)
        {
            int middle = safe + ((tried - safe) / 2);
            rate = findRate(middle, safeRate);
            if (rate < CollapsedBetween * safeRate)
            {
                tried = middle;
            }
            else
            {
                (safe, safeRate) = (middle, rate);
            }
        }

        return new CapacityResult(safe, safeRate, AtLeast: false);
    }
}
