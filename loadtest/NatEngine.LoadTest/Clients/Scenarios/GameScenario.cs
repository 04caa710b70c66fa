using System;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.LoadTest.Clients.Profiles;
using NatEngine.LoadTest.Clients.Servers;

namespace NatEngine.LoadTest.Clients.Scenarios;

/// <summary>Plays: small datagrams at a steady rate, each answered, both ways timed. A transaction is a round of them;
/// its response times are those of the single datagrams.</summary>
/// <param name="datagrams">Datagrams in a round.</param>
/// <param name="octets">Length of a datagram's payload.</param>
/// <param name="interval">Time between two.</param>
/// <param name="timeout">How long a round may take; what was not answered by then is lost.</param>
internal sealed class GameScenario(int datagrams, int octets, TimeSpan interval, TimeSpan timeout) : IClientScenario
{
    /// <summary>What profiles call it.</summary>
    public const string KindName = "game";

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public TransactionPace Pace => new(TimeSpan.Zero, interval * datagrams);

    /// <inheritdoc/>
    public TimeSpan Timeout => timeout;

    /// <summary>Reads the scenario from a profile.</summary>
    public static GameScenario Read(ProfileSection section)
    {
        int datagrams = section.Whole("datagrams", 15, 1, 10_000);
        double perSecond = section.Positive("datagramsPerSecond", 30, 10_000);
        int octets = section.Whole("octets", 80, GameDatagram.MinLength, 1472);
        TimeSpan timeout = section.Seconds("timeout", 2, mayBeZero: false, 600);
        TimeSpan interval = TimeSpan.FromSeconds(1 / perSecond);
        return timeout <= interval * datagrams
            ? throw section.Wrong("timeout", "must be longer than the round: datagrams divided by datagramsPerSecond")
            : new GameScenario(datagrams, octets, interval, timeout);
    }

    /// <inheritdoc/>
    public IScenarioClient SetUp(ClientSeat seat) => new Client(this, seat);

    private async ValueTask<TransactionOutcome> PlayAsync(
        Socket socket, ClientSeat seat, int firstSequence, CancellationToken cancellation)
    {
        Task<TransactionOutcome> receiving = ReceiveAsync(socket, seat, firstSequence, cancellation);
        try
        {
            await SendAsync(socket, seat, firstSequence, cancellation);
        }
        catch (Exception thrown) when (FailureCauses.IsFailure(thrown))
        {
            // A refusal is heard of by whichever comes next, sending or receiving.
            TransactionOutcome heard = await receiving;
            return heard with { Cause = FailureCauses.Of(thrown, FailureCause.Lost) };
        }

        return await receiving;
    }

    private async Task SendAsync(Socket socket, ClientSeat seat, int firstSequence, CancellationToken cancellation)
    {
        byte[] buffer = new byte[octets];
        long start = Stopwatch.GetTimestamp();
        for (int number = 0; number < datagrams; number++)
        {
            TimeSpan early = (interval * number) - Stopwatch.GetElapsedTime(start);
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early, cancellation);
            }

            new GameDatagram(seat.ClientNumber, firstSequence + number, Stopwatch.GetTimestamp(), 0).Write(buffer);
            await socket.SendAsync(buffer, cancellation);
        }
    }

    private async Task<TransactionOutcome> ReceiveAsync(
        Socket socket, ClientSeat seat, int firstSequence, CancellationToken cancellation)
    {
        byte[] buffer = new byte[octets + 1];
        bool[] seen = new bool[datagrams];
        long received = 0;
        try
        {
            for (int missing = datagrams; missing > 0;)
            {
                int length = await socket.ReceiveAsync(buffer, cancellation);
                long now = Stopwatch.GetTimestamp();
                if (length != octets || !GameDatagram.TryRead(buffer, out GameDatagram answer)
                    || answer.Client != seat.ClientNumber)
                {
                    return new TransactionOutcome(FailureCause.Corrupt, received);
                }

                // What an earlier round gave up on, or what came twice, is not this one's.
                int number = answer.Sequence - firstSequence;
                if (number < 0 || number >= datagrams || seen[number])
                {
                    continue;
                }

                seen[number] = true;
                missing--;
                received += length;
                seat.Recorder.AddOctets(seat.Number, length);
                seat.Recorder.Record(LatencyPhase.Response, answer.Sent, now);
                seat.Recorder.Record(LatencyPhase.Outbound, answer.Sent, answer.Received);
                seat.Recorder.Record(LatencyPhase.Inbound, answer.Received, now);
            }

            return new TransactionOutcome(FailureCause.None, received);
        }
        catch (Exception thrown) when (FailureCauses.IsFailure(thrown))
        {
            return new TransactionOutcome(FailureCauses.Of(thrown, FailureCause.Lost), received);
        }
    }

    private sealed class Client(GameScenario scenario, ClientSeat seat) : IScenarioClient
    {
        private Socket? _kept;
        private int _sequence;

        public async ValueTask<TransactionOutcome> TransactAsync(long due, CancellationToken timeout)
        {
            Socket? socket = Interlocked.Exchange(ref _kept, null);
            try
            {
                socket ??= Open();
                int first = Interlocked.Add(ref _sequence, scenario.Datagrams) - scenario.Datagrams;
                TransactionOutcome outcome = await scenario.PlayAsync(socket, seat, first, timeout);
                socket = Interlocked.Exchange(ref _kept, socket);
                return outcome;
            }
            catch (SocketException thrown)
            {
                return new TransactionOutcome(FailureCauses.Of(thrown, FailureCause.Lost), 0);
            }
            finally
            {
                socket?.Dispose();
            }
        }

        public void Dispose() => Interlocked.Exchange(ref _kept, null)?.Dispose();

        private Socket Open()
        {
            IPAddress server = seat.Servers.AddressOf(seat.Throw().Below(seat.Servers.Count));
            Socket socket = seat.OpenUdp();
            socket.Connect(new IPEndPoint(server, ServerPlaces.GamePort));
            return socket;
        }
    }

    private int Datagrams => datagrams;
}
