using System;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>How the number of connections that the responder knows grew with the number that were attempted.</summary>
/// <remarks>Nothing is allocated after it is made.</remarks>
internal sealed class GrowthLog(long attempts, int points)
{
    private readonly (long Attempted, int Known)[] _points = new (long Attempted, int Known)[points + 1];
    private readonly long _interval = Math.Max(1, attempts / points);
    private int _count;
    private long _next;

    /// <summary>The points, ascending.</summary>
    public ReadOnlySpan<(long Attempted, int Known)> Points => _points.AsSpan(0, _count);

    /// <summary>Notes a point if it is time for one.</summary>
    public void Note(long attempted, int known)
    {
        if (attempted >= _next && _count < _points.Length)
        {
            _points[_count++] = (attempted, known);
            _next = attempted + _interval;
        }
    }
}
