using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.LoadTest.Clients.Profiles;

namespace NatEngine.LoadTest.Clients.Scenarios;

/// <summary>Watches a video at a steady rate: a segment at regular intervals, on a connection that is kept.</summary>
/// <param name="segmentOctets">Length of a segment.</param>
/// <param name="segment">How long it shows. A segment that takes longer to come is late: the picture stands still.
/// </param>
/// <param name="timeout">How long a segment may take.</param>
internal sealed class VideoScenario(int segmentOctets, TimeSpan segment, TimeSpan timeout) : IClientScenario
{
    /// <summary>What profiles call it.</summary>
    public const string KindName = "video";

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public TransactionPace Pace => new(TimeSpan.Zero, segment);

    /// <inheritdoc/>
    public TimeSpan Timeout => timeout;

    /// <summary>Reads the scenario from a profile.</summary>
    public static VideoScenario Read(ProfileSection section)
    {
        double bitsPerSecond = section.Positive("bitsPerSecond", 5_000_000, 1e9);
        TimeSpan segment = section.Seconds("segment", 1, mayBeZero: false, 60);
        TimeSpan timeout = section.Seconds("timeout", 10, mayBeZero: false, 600);
        return timeout < segment
            ? throw section.Wrong("timeout", "must be at least as long as a segment")
            : new VideoScenario(Math.Max(1, (int)(bitsPerSecond * segment.TotalSeconds / 8)), segment, timeout);
    }

    /// <inheritdoc/>
    public IScenarioClient SetUp(ClientSeat seat) => new Client(this, seat);

    private async ValueTask<TransactionOutcome> ShowAsync(
        HttpConnection connection, bool isNew, ClientSeat seat, long due, int token, CancellationToken cancellation)
    {
        long before = connection.Received;
        FailureCause cause = isNew ? await connection.ConnectAsync(cancellation) : FailureCause.None;
        if (cause == FailureCause.None)
        {
            cause = await connection.FetchAsync(segmentOctets, token, cancellation);
        }

        long now = Stopwatch.GetTimestamp();
        if (cause == FailureCause.None)
        {
            // Late is slow, not lost: how slow belongs to the latencies.
            seat.Recorder.Record(LatencyPhase.Response, due, now);
            cause = Stopwatch.GetElapsedTime(due, now) > segment ? FailureCause.Late : FailureCause.None;
        }

        return new TransactionOutcome(cause, connection.Received - before);
    }

    private sealed class Client(VideoScenario scenario, ClientSeat seat) : IScenarioClient
    {
        private HttpConnection? _kept;

        public async ValueTask<TransactionOutcome> TransactAsync(long due, CancellationToken timeout)
        {
            Dice dice = seat.Throw();
            HttpConnection? kept = Interlocked.Exchange(ref _kept, null);
            HttpConnection connection = kept
                ?? HttpConnection.To(seat, seat.Servers.AddressOf(dice.Below(seat.Servers.Count)));
            TransactionOutcome outcome = await scenario.ShowAsync(
                connection, kept is null, seat, due, dice.Below(int.MaxValue), timeout);
            HttpConnection? unwanted = outcome.Cause is FailureCause.None or FailureCause.Late
                ? Interlocked.Exchange(ref _kept, connection)
                : connection;
            unwanted?.Dispose();
            return outcome;
        }

        public void Dispose() => Interlocked.Exchange(ref _kept, null)?.Dispose();
    }
}
