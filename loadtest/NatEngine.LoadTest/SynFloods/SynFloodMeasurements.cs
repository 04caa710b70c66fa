using System;
using System.Collections.Generic;
using NatEngine.LoadTest.Measurements;

namespace NatEngine.LoadTest.SynFloods;

/// <summary>What this folder measures: floods of SYNs.</summary>
internal static class SynFloodMeasurements
{
    private static readonly TimeSpan FullFlood = TimeSpan.FromSeconds(60);

    /// <summary>All.</summary>
    public static IReadOnlyList<MeasurementKind> Kinds { get; } =
    [
        new(
            SynFloodsMeasurement.MeasurementName,
            "established TCP connections while SYNs of spoofed sources come from inside and outside",
            options => new SynFloodsMeasurement(new SynFloodSettings
            {
                Flood = options.Full ? FullFlood : options.Duration * 0.75,
                Calm = options.Full ? FullFlood / 6 : options.Duration / 4,
            })),
    ];
}
