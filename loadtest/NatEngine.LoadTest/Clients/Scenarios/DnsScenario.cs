using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.LoadTest.Clients.Profiles;

namespace NatEngine.LoadTest.Clients.Scenarios;

/// <summary>Looks names up, one after the other.</summary>
/// <param name="pace">Pauses between lookups.</param>
/// <param name="timeout">How long one may take.</param>
internal sealed class DnsScenario(TransactionPace pace, TimeSpan timeout) : IClientScenario
{
    /// <summary>What profiles call it.</summary>
    public const string KindName = "dns";

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public TransactionPace Pace => pace;

    /// <inheritdoc/>
    public TimeSpan Timeout => timeout;

    /// <summary>Reads the scenario from a profile.</summary>
    public static DnsScenario Read(ProfileSection section) => new(
        new TransactionPace(section.Seconds("thinkTime", 0.1, mayBeZero: true, 3600), TimeSpan.Zero),
        section.Seconds("timeout", 2, mayBeZero: false, 600));

    /// <inheritdoc/>
    public IScenarioClient SetUp(ClientSeat seat) => new Client(seat);

    private sealed class Client(ClientSeat seat) : IScenarioClient
    {
        public async ValueTask<TransactionOutcome> TransactAsync(long due, CancellationToken timeout)
        {
            Dice dice = seat.Throw();
            FailureCause cause = await DnsLookup.AskAsync(
                seat, dice.Below(seat.Servers.Count), dice.Below(1 << 16), timeout);
            if (cause == FailureCause.None)
            {
                seat.Recorder.Record(LatencyPhase.Response, due, Stopwatch.GetTimestamp());
            }

            return new TransactionOutcome(cause, 0);
        }

        public void Dispose()
        {
            // A lookup closes what it opens.
        }
    }
}
