using System;
using System.Collections.Generic;
using System.Linq;

namespace NatEngine.LoadTest.Clients.Running;

/// <summary>Shares clients out by weight.</summary>
internal static class Apportionment
{
    /// <summary>Shares out so that the shares add up: each gets its whole part, and what is left goes to the largest
    /// remainders, then to the heavier, then to the earlier (Hamilton's method).</summary>
    /// <param name="total">How many there are to share out.</param>
    /// <param name="weights">More than 0, each.</param>
    public static int[] Of(int total, IReadOnlyList<double> weights)
    {
        double sum = weights.Sum();
        double[] exact = [.. weights.Select(weight => total * weight / sum)];
        int[] shares = [.. exact.Select(share => (int)Math.Floor(share))];
        int[] order =
        [
            .. Enumerable.Range(0, weights.Count)
                .OrderByDescending(index => exact[index] - shares[index])
                .ThenByDescending(index => weights[index])
                .ThenBy(index => index),
        ];
        int left = total - shares.Sum();
        for (int rank = 0; rank < left; rank++)
        {
            shares[order[rank]]++;
        }

        return shares;
    }
}
