using System.Collections.Generic;
using NatEngine.LoadTest.Systems;
using NatEngine.LoadTest.Testbeds;

namespace NatEngine.LoadTest.Measurements;

/// <summary>Something that can be measured of any system in a testbed.</summary>
internal interface IMeasurement
{
    /// <summary>How the command line calls it.</summary>
    string Name { get; }

    /// <summary>What it yields, in the order of the report.</summary>
    IReadOnlyList<Figure> Figures { get; }

    /// <summary>The programs it needs on the machine.</summary>
    IReadOnlyList<string> Programs { get; }

    /// <summary>Measures once.</summary>
    /// <returns>A reading for each figure.</returns>
    /// <exception cref="System.Exception">A <see cref="Lab.LabException"/> or <see cref="MeasurementException"/>: it
    /// could not be measured.</exception>
    IReadOnlyList<Reading> Measure(Testbed testbed, ISystemUnderTest system);
}
