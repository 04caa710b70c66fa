using System.Collections.Generic;
using NatEngine.LoadTest.Systems;

namespace NatEngine.LoadTest.Measurements;

/// <summary>Something that can be measured of any system in a testbed.</summary>
internal interface IMeasurement
{
    /// <summary>How the command line calls it.</summary>
    string Name { get; }

    /// <summary>The figures it yields, in the order of the report.</summary>
    IReadOnlyList<Figure> Figures { get; }

    /// <summary>The programs it needs on the machine.</summary>
    IReadOnlyList<string> Programs { get; }

    /// <summary>Whether there is any sense in measuring this of a system. Of the ends cabled together
    /// (<see cref="GeneratorAlone"/>) it is the generator's own ceiling: what its figures are compared with to find out
    /// whether the generator was the limit.</summary>
    bool AppliesTo(ISystemUnderTest system);

    /// <summary>Whether it is to have a network and a system of its own, because flushed sessions are not all that a
    /// system may remember: external ports may rest for minutes before they are used again.</summary>
    bool WantsFreshSystem => false;

    /// <summary>Measures once.</summary>
    /// <exception cref="System.Exception">A <see cref="Lab.LabException"/> or <see cref="MeasurementException"/>: it
    /// could not be measured.</exception>
    Outcome Measure(Turn turn);
}
