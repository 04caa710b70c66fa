using System;
using System.Collections.Generic;
using NatEngine.LoadTest.Measurements;

namespace NatEngine.LoadTest.Memory;

/// <summary>What this folder measures: memory.</summary>
internal static class MemoryMeasurements
{
    private static readonly TimeSpan FullChurn = TimeSpan.FromHours(1);

    /// <summary>In the order in which they are measured.</summary>
    public static IReadOnlyList<MeasurementKind> Kinds { get; } =
    [
        new(
            MemoryMeasurement.MeasurementName,
            "memory by the number of sessions",
            _ => new MemoryMeasurement(new MemorySettings())),
        new(
            ChurnMeasurement.MeasurementName,
            "memory while sessions come and go",
            options => new ChurnMeasurement(new MemorySettings
            {
                Churn = options.Full ? FullChurn : 5 * options.Duration,
            })),
    ];
}
