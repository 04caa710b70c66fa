using System;
using System.Diagnostics;
using System.Threading;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>Says when a phase began and when it is over: some time after the last frame was sent, or when there is
/// nothing more to wait for.</summary>
/// <remarks>May be asked by both ends' threads. What it reads of the streams is advisory until they have ended: a
/// number that is seen late makes the phase a little longer.</remarks>
internal sealed class PhaseClock(Phase phase, FrameStream[] streams, long settle)
{
    // A sender that is stuck ends the phase: what it did not send counts as lost.
    private const int Patience = 4;

    private readonly long _timeout = (long)(phase.Timeout.TotalSeconds * Stopwatch.Frequency);
    private long _start;
    private long _sentAt;
    private long _completeAt;

    /// <summary>Starts the clock, or reads when it was started.</summary>
    /// <returns>The beginning of the phase.</returns>
    public long Start()
    {
        Interlocked.CompareExchange(ref _start, Stopwatch.GetTimestamp(), 0);
        return Interlocked.Read(ref _start);
    }

    /// <summary>Whether the phase is over.</summary>
    public bool IsOver()
    {
        long now = Stopwatch.GetTimestamp();
        bool sent = true;
        bool arrived = phase.EndsWhenComplete;
        double longest = 0;
        foreach (FrameStream stream in streams)
        {
            sent &= stream.IsSent;
            arrived &= stream.HasArrived;
            longest = Math.Max(longest, stream.Plan.Duration.TotalSeconds);
        }

        if (!sent)
        {
            return now - Interlocked.Read(ref _start) > _timeout + (Patience * longest * Stopwatch.Frequency);
        }

        long sentAt = First(ref _sentAt, now);
        return (arrived && now - First(ref _completeAt, now) > settle) || now - sentAt > _timeout;
    }

    private static long First(ref long moment, long now)
    {
        Interlocked.CompareExchange(ref moment, now, 0);
        return Interlocked.Read(ref moment);
    }
}
