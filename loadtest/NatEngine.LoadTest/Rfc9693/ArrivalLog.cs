using System;
using System.Diagnostics;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>How many frames of existing connections had arrived, moment by moment.</summary>
/// <remarks>Nothing is allocated after it is made.</remarks>
internal sealed class ArrivalLog
{
    private readonly long _interval;
    private readonly long[] _arrived;
    private int _count;

    /// <summary>Makes a log.</summary>
    /// <param name="interval">From one moment to the next.</param>
    /// <param name="duration">How long at most.</param>
    public ArrivalLog(TimeSpan interval, TimeSpan duration)
    {
        _interval = (long)(interval.TotalSeconds * Stopwatch.Frequency);
        _arrived = new long[(int)(duration / interval) + 1];
    }

    /// <summary>What had arrived at the end of each interval, the first being none at the beginning.</summary>
    public ReadOnlySpan<long> Arrived => _arrived.AsSpan(0, _count);

    /// <summary>Notes a moment if it is time for one.</summary>
    /// <param name="elapsed">Ticks since the beginning.</param>
    /// <param name="streams">The streams, of which those of existing connections count.</param>
    public void Note(long elapsed, FrameStream[] streams)
    {
        if (_count == _arrived.Length || elapsed < _count * _interval)
        {
            return;
        }

        long arrived = 0;
        foreach (FrameStream stream in streams)
        {
            arrived += stream.IsOpening ? 0 : stream.Arrivals.Received;
        }

        _arrived[_count++] = arrived;
    }
}
