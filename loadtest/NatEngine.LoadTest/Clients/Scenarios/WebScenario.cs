using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.LoadTest.Clients.Profiles;

namespace NatEngine.LoadTest.Clients.Scenarios;

/// <summary>Looks at web pages: names are looked up, several connections opened at once, several objects fetched on
/// each, all closed, and the page is read.</summary>
/// <param name="connections">Connections of a page.</param>
/// <param name="objects">Objects on each connection.</param>
/// <param name="objectOctets">Length of an object.</param>
/// <param name="lookups">Names looked up before; each is a server of the page.</param>
/// <param name="pace">Reading.</param>
/// <param name="timeout">How long a page may take.</param>
internal sealed class WebScenario(
    int connections, int objects, int objectOctets, int lookups, TransactionPace pace, TimeSpan timeout)
    : IClientScenario
{
    /// <summary>What profiles call it.</summary>
    public const string KindName = "web";

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public TransactionPace Pace => pace;

    /// <inheritdoc/>
    public TimeSpan Timeout => timeout;

    /// <summary>Reads the scenario from a profile.</summary>
    public static WebScenario Read(ProfileSection section) => new(
        section.Whole("connections", 4, 1, 64),
        section.Whole("objectsPerConnection", 3, 1, 1000),
        section.Whole("objectOctets", 15_000, 1, 1 << 30),
        section.Whole("lookups", 1, 0, 16),
        new TransactionPace(section.Seconds("thinkTime", 1, mayBeZero: true, 3600), TimeSpan.Zero),
        section.Seconds("timeout", 10, mayBeZero: false, 600));

    /// <inheritdoc/>
    public IScenarioClient SetUp(ClientSeat seat) => new Client(this, seat);

    private async ValueTask<TransactionOutcome> LoadPageAsync(ClientSeat seat, long due, CancellationToken cancellation)
    {
        Dice dice = seat.Throw();
        int[] servers = new int[Math.Max(1, lookups)];
        for (int index = 0; index < servers.Length; index++)
        {
            servers[index] = dice.Below(seat.Servers.Count);
        }

        FailureCause[] causes = await Task.WhenAll(
            servers.Take(lookups)
                .Select(server => DnsLookup.AskAsync(seat, server, dice.Below(1 << 16), cancellation)));
        if (FirstOf(causes) is var missing and not FailureCause.None)
        {
            return new TransactionOutcome(missing, 0);
        }

        HttpConnection[] all = new HttpConnection[connections];
        Task<FailureCause>[] fetching = new Task<FailureCause>[connections];
        for (int index = 0; index < connections; index++)
        {
            all[index] = HttpConnection.To(seat, seat.Servers.AddressOf(servers[index % servers.Length]));
            fetching[index] = FetchAsync(all[index], dice.Below(int.MaxValue - objects), cancellation);
        }

        FailureCause cause = FirstOf(await Task.WhenAll(fetching));
        if (cause == FailureCause.None)
        {
            seat.Recorder.Record(LatencyPhase.Response, due, Stopwatch.GetTimestamp());
        }

        return new TransactionOutcome(cause, all.Sum(connection => connection.Received));
    }

    private async Task<FailureCause> FetchAsync(HttpConnection connection, int token, CancellationToken cancellation)
    {
        using HttpConnection closed = connection;
        FailureCause cause = await connection.ConnectAsync(cancellation);
        for (int number = 0; number < objects && cause == FailureCause.None; number++)
        {
            cause = await connection.FetchAsync(objectOctets, token + number, cancellation);
        }

        return cause;
    }

    private static FailureCause FirstOf(FailureCause[] causes)
        => causes.FirstOrDefault(cause => cause != FailureCause.None);

    private sealed class Client(WebScenario scenario, ClientSeat seat) : IScenarioClient
    {
        public ValueTask<TransactionOutcome> TransactAsync(long due, CancellationToken timeout)
            => scenario.LoadPageAsync(seat, due, timeout);

        public void Dispose()
        {
            // A page closes what it opens.
        }
    }
}
