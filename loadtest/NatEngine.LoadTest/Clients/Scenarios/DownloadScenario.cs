using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.LoadTest.Clients.Profiles;

namespace NatEngine.LoadTest.Clients.Scenarios;

/// <summary>Downloads files, each on a connection of its own, as fast as it goes.</summary>
/// <param name="octets">Length of a file.</param>
/// <param name="pace">Pauses between files.</param>
/// <param name="timeout">How long a file may take.</param>
internal sealed class DownloadScenario(int octets, TransactionPace pace, TimeSpan timeout) : IClientScenario
{
    /// <summary>What profiles call it.</summary>
    public const string KindName = "download";

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public TransactionPace Pace => pace;

    /// <inheritdoc/>
    public TimeSpan Timeout => timeout;

    /// <summary>Reads the scenario from a profile.</summary>
    public static DownloadScenario Read(ProfileSection section) => new(
        section.Whole("octets", 1_000_000, 1, 1 << 30),
        new TransactionPace(section.Seconds("thinkTime", 0, mayBeZero: true, 3600), TimeSpan.Zero),
        section.Seconds("timeout", 30, mayBeZero: false, 3600));

    /// <inheritdoc/>
    public IScenarioClient SetUp(ClientSeat seat) => new Client(octets, seat);

    private sealed class Client(int octets, ClientSeat seat) : IScenarioClient
    {
        public async ValueTask<TransactionOutcome> TransactAsync(long due, CancellationToken timeout)
        {
            Dice dice = seat.Throw();
            using HttpConnection connection = HttpConnection.To(
                seat, seat.Servers.AddressOf(dice.Below(seat.Servers.Count)));
            FailureCause cause = await connection.ConnectAsync(timeout);
            if (cause == FailureCause.None)
            {
                cause = await connection.FetchAsync(octets, dice.Below(int.MaxValue), timeout);
            }

            if (cause == FailureCause.None)
            {
                seat.Recorder.Record(LatencyPhase.Response, due, Stopwatch.GetTimestamp());
            }

            return new TransactionOutcome(cause, connection.Received);
        }

        public void Dispose()
        {
            // A download closes what it opens.
        }
    }
}
