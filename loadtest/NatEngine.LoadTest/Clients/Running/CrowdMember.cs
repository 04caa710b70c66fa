using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.LoadTest.Clients.Scenarios;

namespace NatEngine.LoadTest.Clients.Running;

/// <summary>One client of a crowd, set up.</summary>
public sealed class CrowdMember : IDisposable
{
    private readonly IClientScenario _scenario;
    private readonly IScenarioClient _client;
    private readonly HoldWindow _window;

    internal CrowdMember(IClientScenario scenario, ClientSeat seat, HoldWindow window)
    {
        _scenario = scenario;
        Seat = seat;
        _client = scenario.SetUp(seat);
        _window = window;
    }

    /// <summary>The client's address and number.</summary>
    public ClientSeat Seat { get; }

    /// <summary>Does one transaction and records it.</summary>
    /// <param name="due">When it was to begin, a <see cref="Stopwatch"/> timestamp. The first of a step opens its
    /// window.</param>
    public async ValueTask<TransactionOutcome> TransactAsync(long due)
    {
        _window.Open(due);
        using CancellationTokenSource timeout = new(_scenario.Timeout);
        TransactionOutcome outcome = await _client.TransactAsync(due, timeout.Token);
        Seat.Recorder.End(Seat.Number, due, Stopwatch.GetTimestamp(), outcome);
        return outcome;
    }

    /// <summary>How long to wait, as the scenario's pace has it, before the next transaction.</summary>
    /// <param name="started">When the last one began.</param>
    public TimeSpan PauseAfter(long started)
    {
        TimeSpan pause = _scenario.Pace.PauseAfter(Stopwatch.GetElapsedTime(started), Seat.Throw().Fraction());
        return pause > TimeSpan.Zero ? pause : TimeSpan.Zero;
    }

    /// <summary>Tears the client down.</summary>
    public void Dispose() => _client.Dispose();
}
