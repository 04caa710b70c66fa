using System;

namespace NatEngine.LoadTest.Tests.Comparison;

/// <summary>A clock that goes when it is told to.</summary>
internal sealed class HandClock : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time) => _ticks += time.Ticks;
}
