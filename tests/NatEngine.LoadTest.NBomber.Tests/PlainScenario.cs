using System;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.LoadTest.Clients.Scenarios;

namespace NatEngine.LoadTest.NBomber.Tests;

/// <summary>Clients whose every third transaction is refused, and that never touch a network.</summary>
internal sealed class PlainScenario : IClientScenario
{
    private long _succeeded;
    private long _refused;

    public string Kind => "plain";

    public TransactionPace Pace => new(TimeSpan.Zero, TimeSpan.FromMilliseconds(5));

    public TimeSpan Timeout => TimeSpan.FromSeconds(5);

    /// <summary>How many transactions succeeded, of all clients.</summary>
    public long Succeeded => Interlocked.Read(ref _succeeded);

    /// <summary>How many were refused.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    public IScenarioClient SetUp(ClientSeat seat) => new Client(this);

    private sealed class Client(PlainScenario scenario) : IScenarioClient
    {
        private int _transactions;

        public ValueTask<TransactionOutcome> TransactAsync(long due, CancellationToken timeout)
        {
            bool refused = Interlocked.Increment(ref _transactions) % 3 == 0;
            Interlocked.Increment(ref refused ? ref scenario._refused : ref scenario._succeeded);
            return ValueTask.FromResult(refused
                ? new TransactionOutcome(FailureCause.ConnectRefused, 0)
                : new TransactionOutcome(FailureCause.None, 100));
        }

        public void Dispose()
        {
            // It holds nothing.
        }
    }
}
