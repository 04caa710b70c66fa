using System.Collections.Generic;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Rfc9693;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Ports;

/// <summary>What this folder measures: the question of the 64,512 ports.</summary>
internal static class PortsMeasurements
{
    // The least that shows what the limit depends on: ports, or ports for each remote endpoint.
    private static readonly PortsCase[] LectureCases = [new(IpProtocol.Udp, 1), new(IpProtocol.Udp, 2)];

    /// <summary>Two cases, so that it takes seconds; <c>natload ports</c> has the others.</summary>
    public static IReadOnlyList<MeasurementKind> Kinds { get; } =
    [
        new(
            PortsMeasurement.MeasurementName,
            "UDP connections of one external address, and the old ones when there are too many",
            _ => new PortsMeasurement(new PortsSettings { Cases = LectureCases })),
        new(
            SynStormMeasurement.MeasurementName,
            "established TCP connections while SYNs come from everywhere inside",
            _ => new SynStormMeasurement(new PortsSettings())),
        new(
            NewSessionsMeasurement.MeasurementName,
            "new connections with 90 % of the ports in use, and refusals with all of them",
            options => new NewSessionsMeasurement(new CrowdedEndpoint(), Rfc9693Measurements.SettingsFor(options))),
    ];
}
