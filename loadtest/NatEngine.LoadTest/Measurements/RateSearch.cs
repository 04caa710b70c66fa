using System;

namespace NatEngine.LoadTest.Measurements;

/// <summary>Finds the highest rate that a system delivers, whatever is offered.</summary>
/// <remarks>
/// A system that is offered far more than it can carry may carry less than its best (it spends its time on what it will
/// drop), so the flood at full speed is only the start. From what it delivered the offer climbs while the system keeps
/// up; where it no longer does, its best has been passed.
/// </remarks>
internal static class RateSearch
{
    private const double FirstStep = 1.1;
    private const double Step = 1.15;
    private const double KeepsUp = 0.97;
    private const int MaxSteps = 4;

    /// <summary>Searches.</summary>
    /// <param name="overload">The trial at full speed.</param>
    /// <param name="offer">Makes a trial at a rate, in packets per second.</param>
    /// <returns>The trial that delivered most, which may be <paramref name="overload"/>.</returns>
    public static FloodTrial FindBest(FloodTrial overload, Func<double, FloodTrial> offer)
    {
        FloodTrial best = overload;
        double rate = overload.DeliveredRate * FirstStep;
        for (int step = 0; step < MaxSteps && rate < overload.OfferedRate * FirstStep; step++)
        {
            FloodTrial trial = offer(rate);
            best = trial.DeliveredRate > best.DeliveredRate ? trial : best;
            if (trial.DeliveredRate < rate * KeepsUp)
            {
                break;
            }

            rate *= Step;
        }

        return best;
    }
}
