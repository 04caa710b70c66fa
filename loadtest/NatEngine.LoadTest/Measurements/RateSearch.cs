using System;

namespace NatEngine.LoadTest.Measurements;

/// <summary>Finds the highest rate that a system delivers, whatever is offered.</summary>
/// <remarks>
/// A system that is offered far more than it can carry may carry less than its best, because it spends its time on what
/// it will drop. The flood at full speed is only the start: from there the offer descends step by step until the system
/// keeps up. Below that it can only deliver less.
/// </remarks>
internal static class RateSearch
{
    private const double Step = 0.8;
    private const double KeepsUp = 0.97;
    private const int MaxSteps = 12;

    /// <summary>Searches.</summary>
    /// <param name="overload">The trial at full speed.</param>
    /// <param name="offer">Makes a trial at a rate, in packets per second.</param>
    /// <returns>The trial that delivered most, which may be <paramref name="overload"/>.</returns>
    public static FloodTrial FindBest(FloodTrial overload, Func<double, FloodTrial> offer)
    {
        FloodTrial best = overload;
        FloodTrial last = overload;
        double rate = overload.OfferedRate;
        for (int step = 0; step < MaxSteps && !IsKeptUpWith(last); step++)
        {
            // What has been delivered before is not worth offering: less cannot come of it.
            rate *= Step;
            if (rate <= best.DeliveredRate)
            {
                break;
            }

            last = offer(rate);
            best = last.DeliveredRate > best.DeliveredRate ? last : best;
        }

        return best;
    }

    private static bool IsKeptUpWith(FloodTrial trial) => trial.DeliveredRate >= trial.OfferedRate * KeepsUp;
}
