using System;
using System.Threading;
using System.Threading.Tasks;

namespace NatEngine.LoadTest.Clients.Scenarios;

/// <summary>One client of a scenario, with whatever it keeps between transactions.</summary>
/// <remarks>In open loop a transaction may begin before the last has ended: what a client keeps is taken by one
/// transaction at a time, and others do without.</remarks>
public interface IScenarioClient : IDisposable
{
    /// <summary>Does one transaction, and records its latencies with the client's seat.</summary>
    /// <param name="due">When it was to begin (a <see cref="System.Diagnostics.Stopwatch"/> timestamp): the response's
    /// latency counts from here.</param>
    /// <param name="timeout">Ends it.</param>
    /// <returns>How it ended; what goes wrong on the way is in there, and not thrown.</returns>
    ValueTask<TransactionOutcome> TransactAsync(long due, CancellationToken timeout);
}
