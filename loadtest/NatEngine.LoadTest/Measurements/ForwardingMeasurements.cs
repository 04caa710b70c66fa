using System.Collections.Generic;

namespace NatEngine.LoadTest.Measurements;

/// <summary>What this folder measures: forwarding of packets, of a stream, and of a ping.</summary>
internal static class ForwardingMeasurements
{
    /// <summary>In the order in which they are measured: ping last, when everything is warm.</summary>
    public static IReadOnlyList<MeasurementKind> Kinds { get; } =
    [
        Flood(200),
        Flood(10_000),
        new(TcpBulkMeasurement.MeasurementName, "one TCP stream", options => new TcpBulkMeasurement(options.Duration)),
        new(PingMeasurement.MeasurementName, "round trips, idle", options => new PingMeasurement(options.Duration)),
    ];

    private static MeasurementKind Flood(int flows) => new(
        UdpForwardingMeasurement.NameFor(flows),
        $"64-byte UDP packets of {flows} flows",
        options => new UdpForwardingMeasurement(flows, options.Duration / 3));
}
