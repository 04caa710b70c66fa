using System.Collections.Generic;
using System.Linq;
using NatEngine.LoadTest.Memory;
using NatEngine.LoadTest.Ports;
using NatEngine.LoadTest.Rfc9693;
using NatEngine.LoadTest.SynFloods;

namespace NatEngine.LoadTest.Measurements;

/// <summary>
/// The measurements that can be asked for by name: <c>natload compare --metrics</c> takes any of them.
/// </summary>
/// <remarks>
/// To add one: implement <see cref="IMeasurement"/> in the folder of its subject, list it in that folder's own
/// <c>…Measurements.Kinds</c>, and if the folder is new, its list here. Nothing else needs to know: running, keeping,
/// comparing and plotting go by names of figures and curves. A subcommand of its own, for options of its own, makes its
/// measurements itself and hands them to <see cref="CommandLine.Comparing"/>.
/// </remarks>
internal static class MeasurementCatalog
{
    /// <summary>All, in the order in which they are measured.</summary>
    public static IReadOnlyList<MeasurementKind> Kinds { get; } =
    [
        .. ForwardingMeasurements.Kinds,
        .. Clients.ClientMeasurements.Kinds,
        .. Rfc9693Measurements.Kinds,
        .. PortsMeasurements.Kinds,
        .. SynFloodMeasurements.Kinds,
        .. MemoryMeasurements.Kinds,
    ];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Kinds.Select(kind => kind.Name)];

    /// <summary>What is measured if nothing is said.</summary>
    public static IReadOnlyList<string> DefaultNames { get; } =
        [.. ForwardingMeasurements.Kinds.Select(kind => kind.Name)];

    /// <summary>What the lecture's page is made of, by the name "lecture".</summary>
    public static IReadOnlyList<string> LectureNames { get; } =
        [.. Names.Where(name => name is "udp-200" or "connection-rate" or "ports" or "clients-web")];

    /// <summary>Makes a measurement.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="options">What it is told.</param>
    public static IMeasurement Create(string name, MeasurementOptions options)
        => Kinds.Single(kind => kind.Name == name).Create(options);
}
