using System;
using System.Globalization;

namespace NatEngine.Translation;

/// <summary>A point in time on a clock that only goes forward, given to the translation core as an argument so that any
/// run can be replayed.</summary>
/// <param name="Milliseconds">Milliseconds since the engine started.</param>
public readonly record struct Timestamp(long Milliseconds) : IComparable<Timestamp>
{
    /// <summary>When the engine started.</summary>
    public static Timestamp Zero => default;

    /// <summary>The point <paramref name="after"/> later, in whole milliseconds.</summary>
    public Timestamp Add(TimeSpan after) => new(Milliseconds + (after.Ticks / TimeSpan.TicksPerMillisecond));

    /// <inheritdoc/>
    public int CompareTo(Timestamp other) => Milliseconds.CompareTo(other.Milliseconds);

    /// <summary>The time between two points.</summary>
    public static TimeSpan operator -(Timestamp left, Timestamp right) => left.Subtract(right);

    /// <summary>The time from <paramref name="other"/> to this point.</summary>
    public TimeSpan Subtract(Timestamp other) => TimeSpan.FromMilliseconds(Milliseconds - other.Milliseconds);

    /// <summary>Earlier.</summary>
    public static bool operator <(Timestamp left, Timestamp right) => left.Milliseconds < right.Milliseconds;

    /// <summary>Later.</summary>
    public static bool operator >(Timestamp left, Timestamp right) => left.Milliseconds > right.Milliseconds;

    /// <summary>Not later.</summary>
    public static bool operator <=(Timestamp left, Timestamp right) => left.Milliseconds <= right.Milliseconds;

    /// <summary>Not earlier.</summary>
    public static bool operator >=(Timestamp left, Timestamp right) => left.Milliseconds >= right.Milliseconds;

    /// <summary>Seconds since the engine started.</summary>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{Milliseconds / 1000.0:F3} s");
}
