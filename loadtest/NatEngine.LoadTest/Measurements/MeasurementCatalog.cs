using System;
using System.Collections.Generic;
using System.Linq;

namespace NatEngine.LoadTest.Measurements;

/// <summary>The measurements that can be asked for, by name.</summary>
internal static class MeasurementCatalog
{
    private static readonly int[] FlowCounts = [200, 10_000];

    /// <summary>All names, in the order in which they are measured: ping last, when everything is warm.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. FlowCounts.Select(UdpForwardingMeasurement.NameFor),
        TcpBulkMeasurement.MeasurementName,
        PingMeasurement.MeasurementName,
    ];

    /// <summary>Makes a measurement.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="duration">How long the stream and the pings last, and what the floods' length is worked out from.
    /// </param>
    public static IMeasurement Create(string name, TimeSpan duration) => name switch
    {
        TcpBulkMeasurement.MeasurementName => new TcpBulkMeasurement(duration),
        PingMeasurement.MeasurementName => new PingMeasurement(duration),
        _ => new UdpForwardingMeasurement(
            FlowCounts.Single(flows => UdpForwardingMeasurement.NameFor(flows) == name), duration / 3),
    };
}
