using System;

namespace NatEngine.LoadTest.Clients.Running;

/// <summary>When transactions are due that are begun at a rate: evenly, after a ramp on which the rate rises from
/// nothing and before one on which it falls to nothing.</summary>
/// <param name="rate">Transactions per second between the ramps.</param>
/// <param name="load">How long ramps and hold last.</param>
internal sealed class RateRamp(double rate, StepLoad load)
{
    private readonly double _up = load.RampUp.TotalSeconds;
    private readonly double _hold = load.Hold.TotalSeconds;
    private readonly double _down = load.RampDown.TotalSeconds;

    /// <summary>When one is due, after the step's begin.</summary>
    /// <param name="number">Which, from 0.</param>
    /// <returns>Null if the step is over by then.</returns>
    public TimeSpan? DueAt(long number)
    {
        // A rate that rises evenly to r in t seconds has begun r t / 2 by then, and n of them after sqrt(2 n t / r).
        double onRamp = rate * _up / 2;
        double held = number - onRamp;
        if (held < 0)
        {
            return TimeSpan.FromSeconds(Math.Sqrt(2 * number * _up / rate));
        }

        if (held < rate * _hold)
        {
            return TimeSpan.FromSeconds(_up + (held / rate));
        }

        // The way down is the way up, seen from its end.
        double left = (rate * _down / 2) - (held - (rate * _hold));
        return left <= 0 ? null : TimeSpan.FromSeconds(_up + _hold + _down - Math.Sqrt(2 * left * _down / rate));
    }
}
