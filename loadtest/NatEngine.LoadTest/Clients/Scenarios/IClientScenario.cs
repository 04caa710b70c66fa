using System;

namespace NatEngine.LoadTest.Clients.Scenarios;

/// <summary>
/// What one kind of client does over and over: set-up, one transaction, tear-down, and how often. Written once, and run
/// by any <see cref="Running.IStepRunner"/>.
/// </summary>
public interface IClientScenario
{
    /// <summary>The kind, as profiles call it.</summary>
    string Kind { get; }

    /// <summary>When a client begins its next transaction.</summary>
    TransactionPace Pace { get; }

    /// <summary>How long a transaction may take before it counts as failed.</summary>
    TimeSpan Timeout { get; }

    /// <summary>Sets a client up. Disposing of it is its tear-down.</summary>
    IScenarioClient SetUp(ClientSeat seat);
}
