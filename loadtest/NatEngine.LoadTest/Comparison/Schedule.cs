using System;
using System.Collections.Generic;
using System.Linq;

namespace NatEngine.LoadTest.Comparison;

/// <summary>How far a comparison is, and how long it will take from here: as long as the same measurements took so
/// far.</summary>
/// <param name="planned">All that will be measured, in this order.</param>
/// <param name="clock">The time.</param>
internal sealed class Schedule(IReadOnlyList<PlannedMeasurement> planned, TimeProvider clock)
{
    private readonly Dictionary<string, List<TimeSpan>> _taken = [];
    private readonly long _started = clock.GetTimestamp();
    private int _next;
    private PlannedMeasurement? _current;
    private long _begun;

    /// <summary>How many will be measured altogether.</summary>
    public int Total => planned.Count;

    /// <summary>How many are behind us, whether they could be measured or not.</summary>
    public int Done => _current is null ? _next : _next - 1;

    /// <summary>What is being measured; null between two turns.</summary>
    public PlannedMeasurement? Current => _current;

    /// <summary>How long it has taken so far.</summary>
    public TimeSpan Elapsed => clock.GetElapsedTime(_started);

    /// <summary>A system's turn begins. What was left of the turn before will not be measured any more.</summary>
    public void BeginTurn(string system, int repeat)
    {
        End();
        _next = IndexOf(each => each.System == system && each.Repeat == repeat);
    }

    /// <summary>A measurement of this turn begins.</summary>
    public void Begin(string system, int repeat, string measurement)
    {
        End();
        PlannedMeasurement begun = new(system, repeat, measurement);
        int index = IndexOf(each => each == begun);
        _next = Math.Min(index + 1, planned.Count);
        _current = begun;
        _begun = clock.GetTimestamp();
    }

    /// <summary>What is still to be waited for; null as long as nothing was measured from which to tell.</summary>
    public TimeSpan? Remaining()
    {
        if (_taken.Count == 0)
        {
            return null;
        }

        TimeSpan left = TimeSpan.Zero;
        if (_current is { } current)
        {
            TimeSpan rest = Expected(current.Measurement) - clock.GetElapsedTime(_begun);
            left = rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
        }

        return planned.Skip(_next).Aggregate(left, (sum, each) => sum + Expected(each.Measurement));
    }

    private void End()
    {
        if (_current is { } ended)
        {
            if (!_taken.TryGetValue(ended.Measurement, out List<TimeSpan>? times))
            {
                _taken[ended.Measurement] = times = [];
            }

            times.Add(clock.GetElapsedTime(_begun));
            _current = null;
        }
    }

    // What was never measured takes as long as the others do.
    private TimeSpan Expected(string measurement)
        => _taken.TryGetValue(measurement, out List<TimeSpan>? times)
            ? Mean(times)
            : Mean([.. _taken.Values.SelectMany(each => each)]);

    private static TimeSpan Mean(List<TimeSpan> times) => times.Aggregate((sum, each) => sum + each) / times.Count;

    // What was not planned comes after everything that was.
    private int IndexOf(Func<PlannedMeasurement, bool> wanted)
    {
        for (int index = 0; index < planned.Count; index++)
        {
            if (wanted(planned[index]))
            {
                return index;
            }
        }

        return planned.Count;
    }
}
