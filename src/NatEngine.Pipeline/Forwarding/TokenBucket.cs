using System;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Forwarding;

/// <summary>Lets a number of things happen per second, and a few at once.</summary>
internal sealed class TokenBucket(int perSecond, int burst)
{
    // In thousandths, so that a millisecond's worth is a whole number.
    private const long Whole = 1000;

    private long _level = burst * Whole;
    private Timestamp _filled;

    /// <summary>Takes one token, if there is one.</summary>
    internal bool TryTake(Timestamp now)
    {
        // More than the bucket holds cannot matter; the bound keeps the product small after a long time.
        long elapsed = Math.Min((now - _filled).Ticks / TimeSpan.TicksPerMillisecond, burst * Whole);
        _filled = now;
        _level = Math.Min(_level + (elapsed * perSecond), burst * Whole);
        if (_level < Whole)
        {
            return false;
        }

        _level -= Whole;
        return true;
    }
}
