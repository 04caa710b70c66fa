using System;

namespace NatEngine.LoadTest.Measurements;

/// <summary>A measurement that the command line can ask for by name.</summary>
/// <param name="Name">The name, such as "udp-200"; also the <see cref="IMeasurement.Name"/> of what is made.</param>
/// <param name="Description">What is measured, in a few words, for the list of all.</param>
/// <param name="Create">Makes it with its own defaults.</param>
internal sealed record MeasurementKind(
    string Name, string Description, Func<MeasurementOptions, IMeasurement> Create);
