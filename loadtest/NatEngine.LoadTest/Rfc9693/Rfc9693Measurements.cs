using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.LoadTest.Measurements;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>What this folder measures: RFC 9693's procedures.</summary>
internal static class Rfc9693Measurements
{
    private static readonly (string Name, string Description, Func<TesterSettings, IMeasurement> Create)[] All =
    [
        (ConnectionRateMeasurement.MeasurementName, "new connections per second", settings
            => new ConnectionRateMeasurement(settings)),
        (ThroughputMeasurement.MeasurementName, "frames per second of existing connections, both ways", settings
            => new ThroughputMeasurement(settings)),
        (LossMeasurement.MeasurementName, "frame loss by offered rate", settings => new LossMeasurement(settings)),
        (LatencyMeasurement.MeasurementName, "latency and its variation under load", settings
            => new LatencyMeasurement(settings)),
        (TeardownMeasurement.MeasurementName, "connections forgotten per second", settings
            => new TeardownMeasurement(settings)),
        (CapacityMeasurement.MeasurementName, "connections that the table holds", settings
            => new CapacityMeasurement(settings)),
    ];

    /// <summary>In the order in which they are measured.</summary>
    public static IReadOnlyList<MeasurementKind> Kinds { get; } =
    [
        .. All.Select(each => new MeasurementKind(
            each.Name, each.Description, options => each.Create(SettingsFor(options)))),
    ];

    /// <summary>Makes a measurement.</summary>
    /// <param name="name">One of <see cref="Kinds"/>' names.</param>
    /// <param name="settings">How it is carried out.</param>
    public static IMeasurement Create(string name, TesterSettings settings)
        => All.Single(each => each.Name == name).Create(settings);

    /// <summary>The settings for what every measurement is told.</summary>
    public static TesterSettings SettingsFor(MeasurementOptions options)
        => options.Full ? TesterSettings.Full : new TesterSettings { Trial = options.Duration / 4 };
}
