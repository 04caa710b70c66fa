using System.Collections.Generic;
using System.Linq;

namespace NatEngine.LoadTest.Clients.Running;

/// <summary>How evenly clients that do the same are served.</summary>
internal static class Fairness
{
    /// <summary>Jain's index: (Σx)² / (n Σx²). 1 if all get the same, 1/n if one gets everything (Jain, Chiu and Hawe,
    /// DEC-TR-301, 1984). 1 if nobody gets anything: that is even.</summary>
    public static double Jain(IReadOnlyCollection<long> shares)
    {
        double sum = shares.Sum(share => (double)share);
        double squares = shares.Sum(share => (double)share * share);
        return squares == 0 ? 1 : sum * sum / (shares.Count * squares);
    }

    /// <summary>What the client that got least got, as a part of the mean.</summary>
    public static double Worst(IReadOnlyCollection<long> shares)
    {
        double mean = shares.Count == 0 ? 0 : shares.Average();
        return mean == 0 ? 1 : shares.Min() / mean;
    }
}
