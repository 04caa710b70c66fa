using System;

namespace NatEngine.LoadTest.Clients.Running;

/// <summary>The load of one step: who, how often, how long.</summary>
public sealed record StepLoad
{
    /// <summary>How many clients, each with an address of its own.</summary>
    public required int Clients { get; init; }

    /// <summary>Transactions per second that all clients together begin, whether earlier ones have ended or not (open
    /// loop); 0 for clients that wait for their own (closed loop).</summary>
    public double Rate { get; init; }

    /// <summary>How long it takes until all clients have joined, or the rate is reached.</summary>
    public TimeSpan RampUp { get; init; }

    /// <summary>How long the load is held after that. What counts is what begins in this time.</summary>
    public required TimeSpan Hold { get; init; }

    /// <summary>How long it takes until all have left.</summary>
    public TimeSpan RampDown { get; init; }

    /// <summary>Ends a client after so many transactions instead of after a time; then everything counts. Closed loop
    /// only; null to go by the time.</summary>
    public int? TransactionsPerClient { get; init; }
}
