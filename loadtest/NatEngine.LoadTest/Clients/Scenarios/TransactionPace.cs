using System;

namespace NatEngine.LoadTest.Clients.Scenarios;

/// <summary>When a client in closed loop begins its next transaction.</summary>
/// <param name="ThinkTime">Mean pause between the end of one and the start of the next. A pause is drawn from the
/// exponential distribution, and at most four times the mean.</param>
/// <param name="Interval">Least time between the starts of two; zero for none.</param>
public readonly record struct TransactionPace(TimeSpan ThinkTime, TimeSpan Interval)
{
    private const double LongestPause = 4;

    /// <summary>The pause before the next transaction.</summary>
    /// <param name="taken">How long the last one took.</param>
    /// <param name="chance">A number from 0 to 1, both excluded, uniformly drawn.</param>
    public TimeSpan PauseAfter(TimeSpan taken, double chance)
    {
        TimeSpan thought = ThinkTime * Math.Min(LongestPause, -Math.Log(chance));
        TimeSpan left = Interval - taken;
        return thought > left ? thought : left;
    }
}
