using System;
using System.Threading;
using NatEngine.LoadTest.Systems;
using NatEngine.LoadTest.Testbeds;

namespace NatEngine.LoadTest.Measurements;

/// <summary>A system's turn to be measured: a network with the system in it, which forwards and has no sessions.
/// </summary>
/// <param name="Testbed">The network.</param>
/// <param name="System">What stands in the middle of it.</param>
internal sealed record Turn(Testbed Testbed, ISystemUnderTest System)
{
    /// <summary>In which round, from 1.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>What to seed every generator of random numbers with: another in each repeat, the same for every system
    /// in it.</summary>
    public int Seed { get; init; }

    /// <summary>Cancelled when the run is to end. The network goes at the same moment, so what waits for a packet need
    /// not ask; what waits for the clock should.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Is told, in a few words, what is being done now ("100 clients: 24 pages/s"): a line of the live
    /// view.</summary>
    public Action<string> Say { get; init; } = static _ => { };
}
